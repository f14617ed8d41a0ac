#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "paritas/match/aho_corasick.hpp"

namespace paritas::match {

enum class Direction : std::uint8_t { forward, backward };

/// A pattern that ends in a state, and what else ends there.
struct Output {
  std::uint32_t pattern;    // the lowest index of those with this text
  std::uint32_t length;     // in folded bytes
  std::uint32_t next;       // the next shorter output of the same place, 0 for none
  std::uint32_t next_word;  // the next shorter one whose other end is a word boundary within this one's text
  // What the kind asks for, of this one and its shorter ones, and of those behind next_word alone (0 for none):
  // leftmost_first the one with the lowest index, standard the shortest, leftmost_longest and overlapping the longest.
  std::uint32_t pick;
  std::uint32_t pick_word;
};

/// The automaton of some patterns, read forwards or backwards. States are numbered in breadth-first order, so that the
/// children of one are neighbours, and the first ones are those that a text visits most.
struct Automaton {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  Direction direction = Direction::forward;
  std::uint8_t class_of[256] = {};  // 0: in no pattern
  std::uint32_t classes = 1;
  std::size_t longest = 0;  // folded bytes of the longest pattern

  // The children of state s are first[s] .. first[s + 1], ascending by label.
  std::vector<std::uint32_t> first;
  std::vector<std::uint8_t> label;    // the class that leads to a state
  std::vector<std::uint32_t> fail;    // the longest shorter state that ends alike
  std::vector<std::uint32_t> output;  // index into outputs of the longest pattern that ends here, 0 for none
  std::vector<std::uint8_t> step;  // 128 if something ends here, and the bytes to go on by: 127 if `outputs` knows them
  std::vector<Output> outputs;     // 0 is none
  std::vector<std::uint32_t> depth;  // only without outputs

  // The next states of the first `rows` states for each class. Where all states have a row, an entry is
  // row * classes << 8 | step of the next state; otherwise it is the next state.
  std::uint32_t rows = 0;
  bool dense = false;
  std::uint64_t reciprocal = 0;  // 2^40 / classes, rounded up: exact for every entry
  std::vector<std::uint32_t> table;

  [[nodiscard]] std::uint32_t states() const noexcept { return static_cast<std::uint32_t>(label.size()); }
  [[nodiscard]] std::uint32_t child(std::uint32_t state, std::uint8_t label) const noexcept;
  [[nodiscard]] std::uint32_t next(std::uint32_t state, std::uint8_t byte) const noexcept;
  /// The state behind a value that scan() has written.
  [[nodiscard]] std::uint32_t state_of(std::uint32_t value) const noexcept {
    return dense ? static_cast<std::uint32_t>((value >> 8) * reciprocal >> 40) : value;
  }
  [[nodiscard]] std::size_t memory_bytes() const noexcept;
};

/// texts: folded, none empty. same: for each the next one with the same text; empty if there are none.
/// engine: `contiguous` leaves three states of four without a row, for tests; `automatic` and `dense` do what fits.
/// with_outputs: without them it tells only how far a text may still become a pattern.
Automaton build_automaton(std::span<const std::string_view> texts, Direction direction,
                          const AhoCorasickOptions& options, MatchEngine engine, bool with_outputs,
                          std::vector<std::uint32_t>& same);

}  // namespace paritas::match
