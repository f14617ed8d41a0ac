#include "paritas/text/graphemes.hpp"

#include <algorithm>

#include "paritas/text/utf8.hpp"
#include "text/grapheme_tables.hpp"

namespace paritas {
namespace {

using namespace graphemes;

Class ranged(char32_t c) noexcept {
  const Range* end = kRanges + kRangeCount;
  const Range* found = std::upper_bound(kRanges, end, c, [](char32_t x, const Range& r) { return x < r.first; });
  if (found == kRanges) return k_other;
  --found;
  return c - found->first <= found->more ? found->kind : k_other;
}

Class class_of(char32_t c) noexcept {
  if (c < 0x80) return c == '\r' ? k_cr : c == '\n' ? k_lf : c < 0x20 || c == 0x7F ? k_control : k_other;
  // Letters of Latin, Greek and Cyrillic; Han; kana but for its two marks: most of what texts hold.
  if (c < 0x300) return c < 0xA0 ? k_control : c == 0xA9 || c == 0xAE ? k_picture : c == 0xAD ? k_control : k_other;
  if ((c >= 0x370 && c < 0x483) || (c >= 0x3400 && c < 0xA000) || (c >= 0x309B && c < 0x3200)) return k_other;
  if (c >= 0xAC00 && c <= 0xD7A3) return (c - 0xAC00) % 28 == 0 ? k_hangul_lv : k_hangul_lvt;
  return ranged(c);
}

constexpr bool is_control(Class c) { return c == k_cr || c == k_lf || c == k_control; }

/// GB3 to GB9b, which need no more than the two code points; GB11 to GB13 are left to the caller.
bool joined(Class before, Class after) noexcept {
  if (before == k_cr) return after == k_lf;
  if (is_control(before) || is_control(after)) return false;
  if (after == k_extend || after == k_joiner || after == k_spacing || before == k_prepend) return true;
  switch (before) {
    case k_hangul_l:
      return after == k_hangul_l || after == k_hangul_v || after == k_hangul_lv || after == k_hangul_lvt;
    case k_hangul_lv:
    case k_hangul_v:
      return after == k_hangul_v || after == k_hangul_t;
    case k_hangul_lvt:
    case k_hangul_t:
      return after == k_hangul_t;
    default:
      return false;
  }
}

bool is_ascii(char byte) noexcept { return static_cast<unsigned char>(byte) < 0x80; }

}  // namespace

std::size_t grapheme_end(std::string_view text, std::size_t at) noexcept {
  if (is_ascii(text[at]) && (at + 1 == text.size() || is_ascii(text[at + 1]))) {
    return at + (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1);
  }
  Decoded here = decode_utf8(text, at);
  Class before = class_of(here.code_point);
  at += here.bytes;
  bool picture = before == k_picture;  // a picture and what extends it (GB11)
  bool odd_flag = before == k_flag;    // the second one of a pair may follow (GB12, GB13)
  while (at < text.size()) {
    here = decode_utf8(text, at);
    const Class after = class_of(here.code_point);
    if (before == k_flag && after == k_flag && odd_flag) {
      odd_flag = false;
    } else if (!joined(before, after) && !(before == k_joiner && after == k_picture && picture)) {
      break;
    } else {
      odd_flag = after == k_flag;
    }
    picture = after == k_picture || (picture && before != k_joiner && (after == k_extend || after == k_joiner));
    before = after;
    at += here.bytes;
  }
  return at;
}

std::size_t count_graphemes(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at = grapheme_end(text, at)) ++count;
  return count;
}

bool is_grapheme_edge(std::string_view text, std::size_t at) noexcept {
  if (at == 0 || at >= text.size()) return true;
  if (is_ascii(text[at - 1]) && is_ascii(text[at])) return text[at - 1] != '\r' || text[at] != '\n';
  std::size_t start = at - 1;
  while (start > 0 && at - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  const Decoded last = decode_utf8(text, start);
  // Ill-formed bytes stand for U+FFFD, which joins nothing in front of it.
  const Class before = start + last.bytes == at ? class_of(last.code_point) : k_other;
  const Class after = class_of(decode_utf8(text, at).code_point);
  if (before == k_flag && after == k_flag) return false;
  if (before == k_joiner && after == k_picture) return false;
  return !joined(before, after);
}

}  // namespace paritas
