#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "paritas/text/utf8.hpp"
#include "text/byte_scan.hpp"

namespace paritas {

struct Points {
  std::size_t code_points = 0;
  std::size_t units = 0;  // of UTF-16
};

/// Of any bytes; an ill-formed subpart is the one U+FFFD it stands for.
inline Points count_points(std::string_view text) noexcept {
  Points out;
  for (std::size_t at = 0; at < text.size();) {
    std::uint64_t eight = 0x80;
    while (at + 8 <= text.size()) {
      std::memcpy(&eight, text.data() + at, 8);
      if ((eight & 0x8080808080808080u) != 0) break;
      at += 8;
      out.code_points += 8;
      out.units += 8;
    }
    if (at == text.size()) break;
    const Decoded here = decode_utf8(text, at);
    at += here.bytes;
    ++out.code_points;
    out.units += here.code_point > 0xFFFF ? 2 : 1;
  }
  return out;
}

/// Bytes of well-formed UTF-8 that begin a code point.
inline std::size_t count_leads(std::string_view text) noexcept {
  constexpr std::size_t kShort = 64;
  if (text.size() > kShort) return text.size() - count_bytes(text).continuations;
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  std::size_t continuations = 0, at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, text.data() + at, 8);
    // The top bit is set and the one below it is not.
    continuations += static_cast<std::size_t>(std::popcount((eight >> 7) & (~eight >> 6) & kOnes));
  }
  for (; at < text.size(); ++at) continuations += (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80 ? 1 : 0;
  return text.size() - continuations;
}

/// Code points above U+FFFF in well-formed UTF-8.
inline std::size_t count_quads(std::string_view text) noexcept {
  std::size_t quads = 0;
  for (const char byte : text) quads += static_cast<unsigned char>(byte) >= 0xF0 ? 1 : 0;
  return quads;
}

}  // namespace paritas
