#include "match/prepared_text.hpp"

#include <algorithm>

#include "paritas/text/simple_fold.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas::match {

bool is_ascii(std::string_view text) noexcept {
  unsigned char seen = 0;
  for (const char byte : text) seen = static_cast<unsigned char>(seen | static_cast<unsigned char>(byte));
  return seen < 0x80;
}

PreparedText::PreparedText(std::string_view text, bool fold, bool clean) : view_(text) {
  if ((!fold && !clean) || is_ascii(text)) return;
  owned_.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      owned_.push_back(text[at++]);
      continue;
    }
    const Decoded next = decode_utf8(text, at);
    const std::size_t before = owned_.size();
    append_utf8(owned_, fold ? simple_fold(next.code_point) : next.code_point);
    at += next.bytes;
    if (owned_.size() - before != next.bytes) shifts_.push_back({owned_.size(), at});
  }
  view_ = owned_;
}

std::size_t PreparedText::original(std::size_t offset) const noexcept {
  const auto behind = std::upper_bound(shifts_.begin(), shifts_.end(), offset,
                                       [](std::size_t wanted, const Shift& shift) { return wanted < shift.from; });
  if (behind == shifts_.begin()) return offset;
  const Shift& shift = *(behind - 1);
  return offset - shift.from + shift.original;
}

void append_prepared(std::string& out, std::string_view pattern, bool fold_ascii, bool fold_unicode) {
  for (std::size_t at = 0; at < pattern.size();) {
    const Decoded next = decode_utf8(pattern, at);
    at += next.bytes;
    char32_t c = next.code_point;
    if (fold_unicode || (fold_ascii && c < 128)) c = simple_fold(c);
    append_utf8(out, c);
  }
}

}  // namespace paritas::match
