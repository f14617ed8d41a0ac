#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paritas/repair/normalize_text.hpp"
#include "paritas/text/code_regions.hpp"
#include "repair/normalize_quiet.hpp"
#include "repair/normalize_sink.hpp"
#include "text/normal_form.hpp"

namespace paritas::normalize {

/// The steps in their order; each hands on to the next what it does not hold back.
class Machine {
 public:
  Machine(const Plan& plan, Sink sink) : plan_(&plan), options_(plan.options), sink_(std::move(sink)) {}

  /// Whole code points; ill-formed bytes count as U+FFFD.
  void feed(std::string_view text);
  void finish();
  Sink& sink() { return sink_; }

 private:
  /// A code point on its way, and the part of the source that it was made of; same: it is that part, unchanged.
  struct Piece {
    char32_t ch;
    std::size_t from, to;
    bool same;
  };
  struct Kept {  // a character of the white space that is held, where the source is asked for
    std::size_t bytes, from, to;
    bool same;
  };

  [[nodiscard]] bool settled() const;
  void newline(const Piece& piece);
  void clean(Piece piece);
  void form(const Piece& piece);
  void end_group();
  void code(const Piece& piece);
  void characters(Piece piece);
  void collapse(const Piece& piece);
  [[nodiscard]] bool may_open(char32_t ch) const;
  void end_ticks();
  void white(const Piece& piece);
  void keep(const Piece& piece);
  void drop_space();
  void end_run(bool breaks = false, bool last = false);
  void write(const Piece& piece);

  const Plan* plan_;
  NormalizeOptions options_;
  Sink sink_;
  FenceTracker fences_;
  std::size_t at_ = 0;  // of the next code point, in the source

  // A CR that is to become a line feed, and one behind a fence that closes if a line feed follows.
  bool cr_held_ = false, code_cr_held_ = false;
  std::size_t cr_ = 0;
  Piece code_cr_{};

  // A starter and the marks behind it, decomposed; what they were read as.
  std::u32string group_, parts_;
  std::vector<Piece> read_;
  std::size_t marks_ = 0;

  // A run of white space. What of it will stay, if it does not end the text:
  bool in_run_ = false;
  std::string run_;
  std::vector<Kept> kept_;
  bool run_breaks_ = false;     // it follows a fence
  bool has_line_feed_ = false;  // and behind the last one:
  std::size_t indent_ = 0;      // spaces, more than 3 for anything else
  std::size_t run_from_ = 0, run_to_ = 0;
  bool run_same_ = false;  // the run is one character of the source
  char32_t run_first_ = 0;
  bool space_last_ = false;      // the last that is kept is the one space of several
  char32_t before_ = 0;          // the last character of the run
  std::uint64_t line_ends_ = 0;  // in a row
  bool line_started_ = false;    // something stands on the line before the first of them

  std::vector<Piece> ticks_;  // up to two characters behind a line feed that may be a fence's first
};

}  // namespace paritas::normalize
