#include "paritas/text/word_points.hpp"

#include "paritas/text/unicode.hpp"

namespace paritas {
namespace {

/// Where the seven scripts lie outside the blocks that are TextClass::unspaced, their digits and connectors included.
constexpr char32_t kUnspaced[][2] = {
    {0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1780, 0x17FF},   {0x3005, 0x3007},   {0x3021, 0x302D},   {0x303B, 0x303B},
    {0xA9E0, 0xA9FF}, {0xAA60, 0xAA7F}, {0x16FE2, 0x16FE3}, {0x16FF0, 0x16FF1}, {0x1AFF0, 0x1B16F},
};

}  // namespace

bool is_word_point_of(char32_t code_point) noexcept {
  const Category kind = category(code_point);
  if (!is_letter(kind) && !is_mark(kind) && kind != Category::Nd && kind != Category::Pc) return false;
  if (text_class(code_point) == TextClass::unspaced) return false;
  for (const auto& range : kUnspaced) {
    if (code_point < range[0]) return true;
    if (code_point <= range[1]) return false;
  }
  return true;
}

bool word_point_before(std::string_view text, std::size_t at) noexcept {
  if (at == 0) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(at - 1) < 0x80) return kAsciiWordPoint[byte(at - 1)];
  // A well-formed code point has at most three continuation bytes behind its first; whatever else stands here is U+FFFD.
  for (std::size_t length = 2; length <= 4 && length <= at; ++length) {
    const std::size_t start = at - length;
    if ((byte(start) & 0xC0) == 0x80) continue;
    const Decoded decoded = decode_utf8(text, start);
    return decoded.bytes == length && is_word_point(decoded.code_point);
  }
  return false;
}

}  // namespace paritas
