#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "match/automaton.hpp"
#include "match/fingerprints.hpp"
#include "match/prepared_text.hpp"
#include "paritas/match/aho_corasick.hpp"

namespace paritas {

struct AhoCorasick::Impl {
  AhoCorasickOptions options;
  std::string bytes;                      // the patterns as they were given, one after the other
  std::vector<std::uint32_t> starts;      // where each begins, and the end
  bool clean = false;                     // a pattern holds U+FFFD, which ill-formed bytes match
  std::vector<std::uint32_t> codepoints;  // of each pattern; empty if all are ASCII
  std::vector<std::uint32_t> units;       // UTF-16
  match::Automaton automaton;             // backwards for the leftmost kinds
  std::vector<std::uint32_t> same;        // the next pattern with the same text, or Automaton::kNone; empty without any

  std::unique_ptr<const match::Fingerprints> fingerprints;  // for a few short patterns

  // What a stream of a leftmost kind needs besides: made by the first one.
  mutable std::once_flag made_ahead;
  mutable match::Automaton ahead;

  [[nodiscard]] std::string_view pattern(std::size_t i) const {
    return std::string_view(bytes).substr(starts[i], starts[i + 1] - starts[i]);
  }
  [[nodiscard]] match::PreparedText prepared(std::string_view text) const {
    return {text, options.case_insensitive == CaseFolding::unicode, clean};
  }
  [[nodiscard]] const match::Automaton& made_to_look_ahead() const;
};

}  // namespace paritas
