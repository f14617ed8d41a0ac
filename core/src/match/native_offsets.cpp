#include "match/native_offsets.hpp"

#include <cstdint>
#include <cstring>

#include "paritas/text/utf8.hpp"

namespace paritas::match {

std::size_t UnitCursor::advance(std::size_t byte) noexcept {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  while (byte_ < byte) {
    const std::size_t left = byte - byte_;
    if (left >= 64) {
      std::uint64_t words[8];
      std::memcpy(words, text_.data() + byte_, 64);
      std::uint64_t any = 0;
      for (const std::uint64_t word : words) any |= word;
      if ((any & kHighBits) == 0) {
        byte_ += 64;
        units_ += 64;
        continue;
      }
    }
    if (byte_ + 8 <= text_.size()) {
      std::uint64_t eight;  // its low bytes are the first ones, as on all targets
      std::memcpy(&eight, text_.data() + byte_, 8);
      const std::size_t step = left < 8 ? left : 8;
      if (step < 8) eight &= (std::uint64_t{1} << 8 * step) - 1;
      if ((eight & kHighBits) == 0) {
        byte_ += step;
        units_ += step;
        continue;
      }
    }
    if (static_cast<unsigned char>(text_[byte_]) < 0x80) {
      ++byte_;
      ++units_;
      continue;
    }
    const Decoded next = decode_utf8(text_, byte_);
    byte_ += next.bytes;
    units_ += utf16_ && next.code_point > 0xFFFF ? 2 : 1;
  }
  return units_;
}

}  // namespace paritas::match
