#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "paritas/repair/normalize_text.hpp"

namespace paritas::normalize {

inline constexpr std::size_t kMaxMarks = 30;  // of one starter, as UAX 15 has it in its Stream-Safe Text Format

/// What passes a normaliser unchanged, looked for many bytes at a time.
class Quiet {
 public:
  /// code: inside a fence, where the steps from `spaces` on do nothing.
  Quiet(const NormalizeOptions& options, bool code);

  /// Up to where text[at..] certainly passes unchanged. `at` must begin neither a group that the text before may join nor a
  /// run of white space that has begun; and so does what is returned.
  [[nodiscard]] std::size_t end(std::string_view text, std::size_t at) const;
  /// Nothing before this code point joins it: a group may end there.
  [[nodiscard]] bool starts_group(std::string_view text, std::size_t at) const;
  /// A byte of ASCII that no step before `spaces` looks at, and no mark follows.
  [[nodiscard]] bool alone(std::string_view text, std::size_t at) const {
    return at + 1 < text.size() && kind_[static_cast<unsigned char>(text[at])] <= white && starts_group(text, at + 1);
  }

 private:
  enum Kind : std::uint8_t { plain, white, trouble, wide };
  static constexpr std::size_t kBlock = 64, kAhead = 2;
  [[nodiscard]] bool block(const char* at) const;
  [[nodiscard]] bool white_is_quiet(std::string_view text, std::size_t at) const;
  [[nodiscard]] bool symbol_is_quiet(char32_t c) const;

  std::array<std::uint8_t, 256> kind_{};
  std::array<bool, 0x70> punctuation_{};  // U+2000 to U+206F
  std::uint8_t quick_ = 0;                // the flag that a code point must have
  bool code_, ideographic_space_, no_break_space_, minus_, soft_hyphen_, mark_of_order_, c1_, line_ends_;
  // Bytes that trouble, and those behind a space or a line feed that do; 0xFF where none does, which troubles anyway.
  unsigned char tick_, tilde_, tab_, line_, space2_, line_behind_space_, line2_, line3_;
};

struct Plan {
  explicit Plan(const NormalizeOptions& all) : options(all), prose(all, false), code(all, true) {}
  NormalizeOptions options;
  Quiet prose, code;
};

}  // namespace paritas::normalize
