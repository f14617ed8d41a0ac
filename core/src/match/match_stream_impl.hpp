#pragma once
#include <memory>
#include <string>
#include <vector>

#include "match/aho_corasick_impl.hpp"
#include "paritas/match/match_stream.hpp"

namespace paritas {

struct MatchStream::Impl {
  Impl(std::shared_ptr<const AhoCorasick::Impl> patterns, OffsetUnit unit);

  std::vector<PatternMatch> feed(std::string_view chunk, bool last, std::vector<std::string>* texts);
  void reset();

  bool finished = false;

 private:
  void append(std::string_view text);
  [[nodiscard]] std::size_t known(bool last) const;
  void go_forwards(std::size_t limit, std::vector<PatternMatch>& out);
  void go_leftmost(std::size_t limit, bool last, std::vector<PatternMatch>& out);
  void convert(std::vector<PatternMatch>& matches);
  [[nodiscard]] std::size_t original(std::size_t prepared) const;
  [[nodiscard]] std::string text_of(const PatternMatch& match) const;
  void forget();

  std::shared_ptr<const AhoCorasick::Impl> self_;
  OffsetUnit unit_;
  bool leftmost_;
  bool differs_;  // the prepared text may be another than the original

  std::string tail_;    // the start of a code point whose end has not come
  std::string window_;  // prepared text from base_ on; the offsets below count from its start, but for those of shifts_
  std::size_t base_ = 0;
  std::string source_;  // where the prepared text may be another, the original one from source_base_ on
  std::size_t source_base_ = 0;
  std::size_t read_ = 0;     // the automaton has read so far
  std::size_t from_ = 0;     // the next match starts here or behind
  std::uint32_t state_ = 0;  // of `ahead` for the leftmost kinds
  std::size_t saved_ = 0;    // steps that may be spent on looking for matches early
  std::vector<std::uint32_t> values_;

  struct Shift {  // from this prepared offset on the original one is at `original`
    std::size_t prepared;
    std::size_t original;
  };
  std::vector<Shift> shifts_;
  std::size_t taken_ = 0;    // bytes of the original text in front of window_'s end
  std::size_t counted_ = 0;  // units_ have been counted up to here
  std::size_t units_ = 0;
};

}  // namespace paritas
