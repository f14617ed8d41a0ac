#pragma once
#include <string>
#include <string_view>

#include "paritas/text/utf8.hpp"

namespace paritas {

/// Whether every byte belongs to a code point.
inline bool well_formed(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const Decoded next = decode_utf8(text, at);
    if (next.code_point == kReplacement && text.substr(at, next.bytes) != "\xEF\xBF\xBD") return false;
    at += next.bytes;
  }
  return true;
}

/// The text, with U+FFFD for what is ill-formed.
inline std::string repaired(std::string_view text) {
  if (well_formed(text)) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    append_utf8(out, next.code_point);
    at += next.bytes;
  }
  return out;
}

}  // namespace paritas
