#include "match/native_offsets.hpp"

#include <cstring>

#include "paritas/text/utf8.hpp"

namespace paritas::match {

std::size_t UnitCursor::advance(std::size_t byte) noexcept {
  while (byte_ < byte) {
    if (byte_ + 8 <= byte) {
      std::uint64_t eight;
      std::memcpy(&eight, text_.data() + byte_, 8);
      if ((eight & 0x8080808080808080u) == 0) {
        byte_ += 8;
        units_ += 8;
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
