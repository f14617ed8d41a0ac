#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace paritas {

inline constexpr char32_t kReplacement = 0xFFFD;

/// One code point and the number of bytes it was written with.
struct Decoded {
  char32_t code_point;
  std::size_t bytes;
};

/// The code point at byte `at` (at < text.size()). Ill-formed bytes give U+FFFD, one for each maximal ill-formed
/// subpart, as Unicode 14 (section 3.9, "U+FFFD Substitution of Maximal Subparts") and the Encoding Standard do.
Decoded decode_utf8(std::string_view text, std::size_t at) noexcept;

/// How many bytes at the end, at most 3, begin a code point that more bytes may complete: a stream holds them back.
std::size_t unfinished_utf8(std::string_view text) noexcept;

/// Appends the UTF-8 of a scalar value; a surrogate or a value above U+10FFFF is written as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace paritas
