#include "byte_scan.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "text/byte_scan.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR  // a table of 16 bytes is no vector there

std::size_t SkipVectors(const std::uint8_t* HWY_RESTRICT text, std::size_t from, std::size_t to,
                        const std::uint8_t* HWY_RESTRICT low, const std::uint8_t* HWY_RESTRICT high) {
  while (from < to && (low[text[from] & 15] & high[text[from] >> 4]) == 0) ++from;
  return from;
}

ByteCount CountBytes(const std::uint8_t* HWY_RESTRICT text, std::size_t size) {
  ByteCount out{0, true};
  for (std::size_t i = 0; i < size; ++i) {
    out.continuations += (text[i] & 0xC0) == 0x80 ? 1 : 0;
    out.ascii = out.ascii && text[i] < 0x80;
  }
  return out;
}

#else

using Bytes = hn::ScalableTag<std::uint8_t>;

// The first vector of `text` with a byte that may be in the set, or what is too short for one.
std::size_t SkipVectors(const std::uint8_t* HWY_RESTRICT text, std::size_t from, std::size_t to,
                        const std::uint8_t* HWY_RESTRICT low, const std::uint8_t* HWY_RESTRICT high) {
  const Bytes d;
  const std::size_t lanes = hn::Lanes(d);
  const auto low_table = hn::LoadDup128(d, low), high_table = hn::LoadDup128(d, high);
  const auto half = hn::Set(d, 0x0F);
  const auto candidates = [&](std::size_t at) HWY_ATTR {
    const auto bytes = hn::LoadU(d, text + at);
    return hn::And(hn::TableLookupBytes(low_table, hn::And(bytes, half)),
                   hn::TableLookupBytes(high_table, hn::And(hn::ShiftRight<4>(bytes), half)));
  };
  for (; from + 4 * lanes <= to; from += 4 * lanes) {
    const auto found = hn::Or(hn::Or(candidates(from), candidates(from + lanes)),
                              hn::Or(candidates(from + 2 * lanes), candidates(from + 3 * lanes)));
    if (!hn::AllTrue(d, hn::Eq(found, hn::Zero(d)))) break;
  }
  for (; from + lanes <= to; from += lanes) {
    if (!hn::AllTrue(d, hn::Eq(candidates(from), hn::Zero(d)))) break;
  }
  return from;
}

ByteCount CountBytes(const std::uint8_t* HWY_RESTRICT text, std::size_t size) {
  const Bytes d;
  const hn::RepartitionToWide<hn::RepartitionToWide<hn::RepartitionToWide<Bytes> > > d64;
  const hn::RebindToSigned<Bytes> signed_bytes;
  const std::size_t lanes = hn::Lanes(d);
  const auto first = hn::Set(signed_bytes, -64);  // as signed bytes, 0x80 to 0xBF are the least
  auto sums = hn::Zero(d64);
  auto high = hn::Zero(d);
  std::size_t at = 0;
  while (at + lanes <= size) {
    auto counts = hn::Zero(d);
    // A lane counts to 255 at most.
    const std::size_t stop = at + std::min<std::size_t>((size - at) / lanes, 255) * lanes;
    for (; at < stop; at += lanes) {
      const auto bytes = hn::LoadU(d, text + at);
      high = hn::Or(high, bytes);
      const auto is = hn::Lt(hn::BitCast(signed_bytes, bytes), first);
      counts = hn::Sub(counts, hn::BitCast(d, hn::VecFromMask(signed_bytes, is)));
    }
    sums = hn::Add(sums, hn::SumsOf8(counts));
  }
  HWY_ALIGN std::uint64_t parts[HWY_MAX_BYTES / 8];
  hn::Store(sums, d64, parts);
  ByteCount out{0, hn::AllTrue(d, hn::Lt(high, hn::Set(d, 0x80)))};
  for (std::size_t i = 0; i < hn::Lanes(d64); ++i) out.continuations += static_cast<std::size_t>(parts[i]);
  for (; at < size; ++at) {
    out.continuations += (text[at] & 0xC0) == 0x80 ? 1 : 0;
    out.ascii = out.ascii && text[at] < 0x80;
  }
  return out;
}

#endif  // HWY_SCALAR

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas {

HWY_EXPORT(SkipVectors);
HWY_EXPORT(CountBytes);

void ByteSet::add(unsigned char byte) noexcept {
  if (has_[byte]) return;
  has_[byte] = true;
  std::uint8_t& high = high_[byte >> 4];
  if (high == 0) high = static_cast<std::uint8_t>(1U << (halves_++ % 8));
  low_[byte & 15] |= high;
}

std::size_t ByteSet::find_far(const char* text, std::size_t from, std::size_t to) const noexcept {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text);
  for (;;) {
    from = HWY_DYNAMIC_DISPATCH(SkipVectors)(bytes, from, to, low_.data(), high_.data());
    // What the halves cannot tell apart, and the tail.
    const std::size_t stop = std::min(to, from + 64);
    for (; from < stop; ++from) {
      if (has_[bytes[from]]) return from;
    }
    if (from == to) return to;
  }
}

ByteCount count_bytes(std::string_view text) noexcept {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  if (text.size() >= 64) return HWY_DYNAMIC_DISPATCH(CountBytes)(bytes, text.size());
  ByteCount out{0, true};
  for (std::size_t i = 0; i < text.size(); ++i) {
    out.continuations += (bytes[i] & 0xC0) == 0x80 ? 1 : 0;
    out.ascii = out.ascii && bytes[i] < 0x80;
  }
  return out;
}

}  // namespace paritas
#endif  // HWY_ONCE
