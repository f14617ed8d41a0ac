#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/match/aho_corasick.hpp"

namespace paritas {

/// Finds the patterns of an AhoCorasick in a text that comes in pieces, cut anywhere, within a code point too.
///
/// All lists together are find_all of the whole text; a match comes as soon as no later input can change it (on hostile
/// input, where finding that out would cost more than a few steps a byte, a little later). Offsets count from the start
/// of the stream.
/// Memory:  of the text about as much as the longest pattern.
/// Threads: one at a time.
class MatchStream {
 public:
  MatchStream(MatchStream&&) noexcept;
  MatchStream& operator=(MatchStream&&) noexcept;
  ~MatchStream();

  /// texts:  if given, what stands at each match is appended.
  /// Errors: `stream_finished` after finish().
  Result<std::vector<PatternMatch>> feed(std::string_view chunk, std::vector<std::string>* texts = nullptr);
  /// The matches that are left, at the end of the text.
  /// Errors: `stream_finished` when called again.
  Result<std::vector<PatternMatch>> finish(std::vector<std::string>* texts = nullptr);
  /// Starts anew, for another text.
  void reset();

  struct Impl;

 private:
  friend class AhoCorasick;
  explicit MatchStream(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
