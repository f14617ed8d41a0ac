#include "paritas/chunk/unit_counter.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "text/byte_scan.hpp"

namespace paritas {

UnitCounter::UnitCounter(std::string_view text) : text_(text), ascii_(count_bytes(text).ascii) {}

void UnitCounter::go(std::size_t byte) noexcept {
  const bool back = byte < byte_;
  std::size_t at = back ? byte : byte_;
  const std::size_t end = back ? byte_ : byte;
  std::size_t continuations = 0, quads = 0;
  const std::size_t size = end - at;
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  for (; at + 8 <= end; at += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, text_.data() + at, 8);
    if ((eight & (kOnes << 7)) == 0) continue;
    continuations += static_cast<std::size_t>(std::popcount((eight >> 7) & (~eight >> 6) & kOnes));
    quads += static_cast<std::size_t>(std::popcount((eight >> 7) & (eight >> 6) & (eight >> 5) & (eight >> 4) & kOnes));
  }
  for (; at < end; ++at) {
    const auto one = static_cast<unsigned char>(text_[at]);
    continuations += (one & 0xC0) == 0x80 ? 1 : 0;
    quads += one >= 0xF0 ? 1 : 0;
  }
  const std::size_t points = size - continuations;
  points_ = back ? points_ - points : points_ + points;
  quads_ = back ? quads_ - quads : quads_ + quads;
  byte_ = byte;
}

std::size_t UnitCounter::codepoint(std::size_t byte) noexcept {
  if (ascii_) return byte;
  go(byte);
  return points_;
}

std::size_t UnitCounter::utf16(std::size_t byte) noexcept {
  if (ascii_) return byte;
  go(byte);
  return points_ + quads_;
}

}  // namespace paritas
