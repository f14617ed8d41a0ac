#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ngrams.hpp"
#include "paritas/stream/repetition.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {

/// What a RepetitionDetector does with each code point.
struct RepetitionMachine {
  static constexpr std::uint64_t kSpread = 0x9e3779b97f4a7c15u;
  static constexpr std::uint64_t kStep =
      16;  // code points between two looks at the period, words between two at the novelty

  explicit RepetitionMachine(const RepetitionOptions& settled);

  /// The length of suffix that must equal the text p earlier.
  [[nodiscard]] std::size_t needed(std::size_t p, std::int64_t cover) const {
    const auto period = static_cast<std::int64_t>(p);
    return static_cast<std::size_t>(std::max(period * (options.min_repeats - 1), cover - period));
  }
  [[nodiscard]] std::size_t needed(std::size_t p) const { return needed(p, options.min_covered); }

  void reset();

  // ---- one code point

  void read(std::uint32_t kept_point, std::uint32_t part, const TextLength& size);
  std::size_t read_ascii(const char* at, std::size_t most);
  void make_room(std::size_t count);
  [[nodiscard]] std::size_t place_of(std::uint64_t rolled) const {
    return static_cast<std::size_t>(rolled * kSpread >> 40) & seen_mask;
  }
  [[nodiscard]] bool was_seen() const;
  void start_word(const TextLength& at) {
    if (in_word) return;
    in_word = true;
    word_start = at;
  }
  void read_any(const Decoded& next, bool ill_formed);
  void read_all(std::string_view utf8);
  void read_held(std::string_view& utf8);
  bool end_word();
  void look(bool period_due, bool novelty_due);
  void look_at_period();
  void note_block();
  [[nodiscard]] RepetitionReport report() const;

  RepetitionOptions options;
  std::size_t window, max_period;
  std::vector<std::uint32_t> text;  // the window ends at `end`
  std::vector<std::uint32_t> matches;
  Ngrams ngrams;
  std::vector<std::uint64_t>
      seen[2];  // hashes of 16 code points at multiples of 16: of this window and the one before; of this one
  std::size_t seen_mask = 0;
  std::size_t least = 0, ranges = 0;

  std::size_t end = 0;
  TextLength position;
  std::uint64_t word = 0;
  TextLength word_start;
  bool in_word = false;
  char held[4] = {};
  std::size_t held_size = 0;
  bool fired = false, finished = false;
  bool telling = false;  // what has fired is read to its end
  RepetitionReport found;
  std::uint64_t hash = 0;  // of the last 16 code points: what is older was shifted out
  std::uint32_t hits = 0;  // bit i: in the i-th stretch of 16 before this one a hash was seen before
  bool hit = false;
  std::size_t blocks = 0;
  std::uint64_t next_look = 0;  // before that nothing can fire
};

}  // namespace paritas
