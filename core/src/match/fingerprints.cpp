#include "match/fingerprints.hpp"

#include <algorithm>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "match/fingerprints.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::match::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Places of text[0, count) where a bucket fits, and which; text has kBytes - 1 more bytes. Stops when `places` is full,
/// and returns how many there are. count is a multiple of 64.
std::size_t Fit(const Fingerprints::Tables& tables, const std::uint8_t* HWY_RESTRICT text, std::size_t count,
                std::uint32_t* HWY_RESTRICT places, std::uint8_t* HWY_RESTRICT buckets, std::size_t room) {
  std::size_t found = 0;
#if HWY_TARGET == HWY_SCALAR  // a table of 16 bytes is no vector there
  for (std::size_t i = 0; i < count; ++i) {
    unsigned all = 255;
    for (std::size_t k = 0; k < 3; ++k) all &= tables.low[k][text[i + k] & 15] & tables.high[k][text[i + k] >> 4];
    if (all == 0) continue;
    places[found] = static_cast<std::uint32_t>(i);
    buckets[found] = static_cast<std::uint8_t>(all);
    if (++found == room) return found;
  }
#else
  const hn::CappedTag<std::uint8_t, 64> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  const V low0 = hn::LoadDup128(d, tables.low[0].data()), high0 = hn::LoadDup128(d, tables.high[0].data());
  const V low1 = hn::LoadDup128(d, tables.low[1].data()), high1 = hn::LoadDup128(d, tables.high[1].data());
  const V low2 = hn::LoadDup128(d, tables.low[2].data()), high2 = hn::LoadDup128(d, tables.high[2].data());
  const V half = hn::Set(d, 15);
  const auto fit = [&](V bytes, V low, V high) HWY_ATTR {
    return hn::And(hn::TableLookupBytes(low, hn::And(bytes, half)),
                   hn::TableLookupBytes(high, hn::ShiftRight<4>(bytes)));
  };
  HWY_ALIGN std::uint8_t fits[64];
  for (std::size_t i = 0; i < count; i += lanes) {
    const V first = fit(hn::LoadU(d, text + i), low0, high0);
    const V second = fit(hn::LoadU(d, text + i + 1), low1, high1);
    const V third = fit(hn::LoadU(d, text + i + 2), low2, high2);
    const V all = hn::And(first, hn::And(second, third));
    const auto some = hn::Not(hn::Eq(all, hn::Zero(d)));
    if (hn::AllFalse(d, some)) continue;
    hn::Store(all, d, fits);
    std::uint8_t bytes[8] = {};
    hn::StoreMaskBits(d, some, bytes);
    std::uint64_t bits = 0;
    for (std::size_t k = 0; k < 8; ++k) bits |= std::uint64_t{bytes[k]} << 8 * k;
    for (; bits != 0; bits &= bits - 1) {
      const auto k = static_cast<std::size_t>(__builtin_ctzll(bits));
      places[found] = static_cast<std::uint32_t>(i + k);
      buckets[found] = fits[k];
      if (++found == room) return found;
    }
  }
#endif
  return found;
}

}  // namespace paritas::match::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas::match {
namespace {

HWY_EXPORT(Fit);
constexpr std::size_t kStretch = 4096;  // places that are looked at between two looks at what was found
constexpr std::size_t kRoom = 512;

}  // namespace

Fingerprints::Fingerprints(std::span<const std::string_view> patterns, bool any_case) {
  std::vector<std::string_view> sorted(patterns.begin(), patterns.end());
  std::sort(sorted.begin(), sorted.end());  // those that begin alike come into one bucket
  for (const std::string_view pattern : sorted) tables_.bytes = std::min(tables_.bytes, pattern.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const std::size_t bucket = i * kBuckets / sorted.size();
    const std::string_view pattern = sorted[i];
    const auto bit = static_cast<std::uint8_t>(1u << bucket);
    Start start{0, 0, 0};
    for (std::size_t k = 0; k < std::min<std::size_t>(8, pattern.size()); ++k) {
      const auto byte = static_cast<std::uint8_t>(pattern[k]);
      const bool folds = any_case && byte >= 'a' && byte <= 'z';
      start.value |= std::uint64_t{byte} << 8 * k;
      start.mask |= std::uint64_t{0xFF} << 8 * k;
      start.folds |= std::uint64_t{folds ? 0x20u : 0u} << 8 * k;
      if (k >= kBytes) continue;
      for (const unsigned other : {0u, folds ? 32u : 0u}) {
        const unsigned variant = byte - other;
        tables_.low[k][variant & 15] |= bit;
        tables_.high[k][variant >> 4] |= bit;
      }
    }
    starts_[bucket].push_back(start);
  }
  for (std::size_t k = tables_.bytes; k < kBytes; ++k) {
    tables_.low[k].fill(0xFF);
    tables_.high[k].fill(0xFF);
  }
}

bool Fingerprints::may_start(std::string_view text, std::size_t at, unsigned buckets) const noexcept {
  if (at + 8 > text.size()) return true;
  std::uint64_t eight = 0;
  for (std::size_t k = 0; k < 8; ++k) {  // one load where numbers are little-endian
    eight |= std::uint64_t{static_cast<std::uint8_t>(text[at + k])} << 8 * k;
  }
  for (; buckets != 0; buckets &= buckets - 1) {
    for (const Start& start : starts_[static_cast<std::size_t>(__builtin_ctz(buckets))]) {
      if (((eight | start.folds) & start.mask) == start.value) return true;
    }
  }
  return false;
}

bool Fingerprints::candidates(std::string_view text, std::size_t begin, std::size_t end, std::size_t most,
                              std::vector<std::uint32_t>& found) const {
  found.clear();
  std::uint32_t places[kRoom];
  std::uint8_t buckets[kRoom];
  std::uint8_t padded[kStretch + 64];
  for (std::size_t at = begin; at < end;) {
    const std::size_t size = std::min(kStretch, end - at);
    const std::size_t whole = (size + 63) / 64 * 64;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data() + at);
    if (text.size() - at < whole + kBytes - 1) {  // the end of the text, with zeros behind it
      std::memset(padded, 0, whole + kBytes - 1);
      std::memcpy(padded, bytes, std::min(text.size() - at, whole + kBytes - 1));
      bytes = padded;
    }
    const std::size_t count = HWY_DYNAMIC_DISPATCH(Fit)(tables_, bytes, whole, places, buckets, kRoom);
    if (count == kRoom) return false;  // too many to gain anything
    for (std::size_t i = 0; i < count && places[i] < size; ++i) {
      if (may_start(text, at + places[i], buckets[i])) {
        if (found.size() == most) return false;
        found.push_back(static_cast<std::uint32_t>(at - begin + places[i]));
      }
    }
    at += size;
  }
  return true;
}

}  // namespace paritas::match
#endif
