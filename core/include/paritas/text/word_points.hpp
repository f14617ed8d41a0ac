#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "paritas/text/utf8.hpp"

namespace paritas {

// A word point is a letter, mark, decimal digit or connector punctuation whose script writes spaces between words: not
// one of Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar. Whole words are bounded by them: a position is a boundary
// unless the points on both sides of it are word points.

inline constexpr std::array<bool, 128> kAsciiWordPoint = [] {
  std::array<bool, 128> points{};
  for (unsigned c = 0; c < 128; ++c) {
    points[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
  return points;
}();

/// A code point of any value; false above U+10FFFF.
bool is_word_point_of(char32_t code_point) noexcept;
inline bool is_word_point(char32_t code_point) noexcept {
  return code_point < 128 ? kAsciiWordPoint[code_point] : is_word_point_of(code_point);
}

/// Whether the code point that begins at byte `at` (at most text.size()) is a word point; false at the end.
inline bool word_point_after(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && is_word_point(decode_utf8(text, at).code_point);
}

/// Whether the code point that ends at byte `at` (at most text.size()) is a word point; false at the start. Ill-formed
/// bytes count as U+FFFD, which is none.
bool word_point_before(std::string_view text, std::size_t at) noexcept;

/// Whether byte `at`, where a code point begins or the text ends, is the edge of a word.
inline bool is_word_boundary(std::string_view text, std::size_t at) noexcept {
  return !word_point_before(text, at) || !word_point_after(text, at);
}

}  // namespace paritas
