#include "repair/word_marks.hpp"

#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "repair/word_marks.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

std::size_t MarkWords(const std::uint8_t* HWY_RESTRICT text, std::size_t blocks, std::uint8_t* HWY_RESTRICT lower,
                      std::uint64_t* HWY_RESTRICT marks) {
#if HWY_TARGET == HWY_SCALAR
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t mark = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      const std::uint8_t byte = text[64 * block + i];
      if (byte >= 0x80) return block;
      const bool capital = byte >= 'A' && byte <= 'Z';
      const std::uint8_t small = capital ? static_cast<std::uint8_t>(byte + 0x20) : byte;
      const bool word = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
      lower[64 * block + i] = small;
      mark |= std::uint64_t{word} << i;
    }
    marks[block] = mark;
  }
  return blocks;
#else
  const hn::CappedTag<std::uint8_t, 64> d;
  constexpr std::size_t kLanes = hn::MaxLanes(d);
  const auto upper = hn::Set(d, 'A'), small = hn::Set(d, 'a'), zero = hn::Set(d, '0'), bit = hn::Set(d, 0x20);
  const auto letters = hn::Set(d, 26), digits = hn::Set(d, 10), high = hn::Set(d, 0x80);
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint8_t bits[64 / 8 + 8] = {};  // some targets store more than they fill
    auto seen = hn::Zero(d);
    for (std::size_t i = 0; i < 64; i += kLanes) {
      const auto bytes = hn::LoadU(d, text + 64 * block + i);
      seen = hn::Or(seen, bytes);
      const auto lowered = hn::Or(bytes, hn::IfThenElseZero(hn::Lt(hn::Sub(bytes, upper), letters), bit));
      hn::StoreU(lowered, d, lower + 64 * block + i);
      const auto word = hn::Or(hn::Lt(hn::Sub(lowered, small), letters), hn::Lt(hn::Sub(lowered, zero), digits));
      hn::StoreMaskBits(d, word, bits + i / 8);
    }
    if (!hn::AllTrue(d, hn::Lt(seen, high))) return block;
    std::memcpy(marks + block, bits, sizeof *marks);
  }
  return blocks;
#endif
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas::repair {

HWY_EXPORT(MarkWords);

std::size_t mark_words(const char* text, std::size_t blocks, char* lower, std::uint64_t* marks) noexcept {
  return HWY_DYNAMIC_DISPATCH(MarkWords)(reinterpret_cast<const std::uint8_t*>(text), blocks,
                                         reinterpret_cast<std::uint8_t*>(lower), marks);
}

}  // namespace paritas::repair
#endif  // HWY_ONCE
