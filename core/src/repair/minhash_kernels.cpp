#include "repair/minhash_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE \
  "repair/minhash_kernels.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR

void Minimise(const std::uint64_t* HWY_RESTRICT a, const std::uint64_t* HWY_RESTRICT b, std::size_t count,
              const std::uint64_t* HWY_RESTRICT x, std::size_t items, std::uint32_t* HWY_RESTRICT least) {
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < items; ++j) {
      const auto value = static_cast<std::uint32_t>((a[i] * x[j] + b[i]) >> 32);
      least[i] = value < least[i] ? value : least[i];
    }
  }
}

#elif HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL

// There is a product of 64 bits. The least value of 64 bits has the least high half.
template <std::size_t kVectors>
HWY_INLINE void MinimiseGroup(const std::uint64_t* HWY_RESTRICT a, const std::uint64_t* HWY_RESTRICT b,
                              const std::uint64_t* HWY_RESTRICT x, std::size_t items,
                              std::uint32_t* HWY_RESTRICT least) {
  const hn::FixedTag<std::uint64_t, 8> d;
  const hn::FixedTag<std::uint32_t, 8> half;
  using V = hn::Vec<decltype(d)>;
  V factor[kVectors], sum[kVectors], best[kVectors];
  for (std::size_t v = 0; v < kVectors; ++v) {
    factor[v] = hn::LoadU(d, a + 8 * v);
    sum[v] = hn::LoadU(d, b + 8 * v);
    best[v] = hn::Or(hn::ShiftLeft<32>(hn::PromoteTo(d, hn::LoadU(half, least + 8 * v))), hn::Set(d, 0xFFFFFFFFU));
  }
  for (std::size_t j = 0; j < items; ++j) {
    const V item = hn::Set(d, x[j]);
    for (std::size_t v = 0; v < kVectors; ++v) best[v] = hn::Min(best[v], hn::Add(hn::Mul(factor[v], item), sum[v]));
  }
  for (std::size_t v = 0; v < kVectors; ++v) {
    HWY_ALIGN std::uint64_t values[8];
    hn::Store(hn::ShiftRight<32>(best[v]), d, values);
    for (std::size_t i = 0; i < 8; ++i) least[8 * v + i] = static_cast<std::uint32_t>(values[i]);
  }
}

void Minimise(const std::uint64_t* HWY_RESTRICT a, const std::uint64_t* HWY_RESTRICT b, std::size_t count,
              const std::uint64_t* HWY_RESTRICT x, std::size_t items, std::uint32_t* HWY_RESTRICT least) {
  std::size_t i = 0;
  for (; i + 64 <= count; i += 64) MinimiseGroup<8>(a + i, b + i, x, items, least + i);
  for (; i < count; i += 16) MinimiseGroup<2>(a + i, b + i, x, items, least + i);
}

#else

// The high half of a * x + b is that of (low half of a * low half of x + b), which is exact in 64 bits, plus the low
// halves of (high half of a * low half of x) and (low half of a * high half of x).
void Minimise(const std::uint64_t* HWY_RESTRICT a, const std::uint64_t* HWY_RESTRICT b, std::size_t count,
              const std::uint64_t* HWY_RESTRICT x, std::size_t items, std::uint32_t* HWY_RESTRICT least) {
  const hn::CappedTag<std::uint32_t, 8> d;
  const hn::Repartition<std::uint64_t, decltype(d)> wide;
  const std::size_t lanes = hn::Lanes(d);
  HWY_ALIGN std::uint32_t low[8], high[8];
  for (std::size_t i = 0; i < count; i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      low[lane] = static_cast<std::uint32_t>(a[i + lane]);
      high[lane] = static_cast<std::uint32_t>(a[i + lane] >> 32);
    }
    const auto a_low = hn::Load(d, low), a_high = hn::Load(d, high);
    const auto a_odd = hn::BitCast(d, hn::ShiftRight<32>(hn::BitCast(wide, a_low)));
    HWY_ALIGN std::uint64_t even_sums[4], odd_sums[4];
    for (std::size_t lane = 0; lane < lanes / 2; ++lane) {
      even_sums[lane] = b[i + 2 * lane];
      odd_sums[lane] = b[i + 2 * lane + 1];
    }
    const auto b_even = hn::Load(wide, even_sums), b_odd = hn::Load(wide, odd_sums);
    auto best = hn::LoadU(d, least + i);
    for (std::size_t j = 0; j < items; ++j) {
      const auto x_low = hn::Set(d, static_cast<std::uint32_t>(x[j]));
      const auto x_high = hn::Set(d, static_cast<std::uint32_t>(x[j] >> 32));
      const auto even = hn::Add(hn::MulEven(a_low, x_low), b_even);
      const auto odd = hn::Add(hn::MulEven(a_odd, x_low), b_odd);
      const auto top = hn::OddEven(hn::BitCast(d, odd), hn::BitCast(d, hn::ShiftRight<32>(even)));
      const auto crossed = hn::Add(hn::Mul(a_high, x_low), hn::Mul(a_low, x_high));
      best = hn::Min(best, hn::Add(top, crossed));
    }
    hn::StoreU(best, d, least + i);
  }
}

#endif

std::size_t EqualPlaces(const std::uint32_t* HWY_RESTRICT a, const std::uint32_t* HWY_RESTRICT b, std::size_t count) {
  const hn::ScalableTag<std::uint32_t> d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t equal = 0, i = 0;
  for (; i + lanes <= count; i += lanes) equal += hn::CountTrue(d, hn::Eq(hn::LoadU(d, a + i), hn::LoadU(d, b + i)));
  for (; i < count; ++i) equal += a[i] == b[i] ? 1 : 0;
  return equal;
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas::repair {

HWY_EXPORT(Minimise);
HWY_EXPORT(EqualPlaces);

void minimise(const std::uint64_t* a, const std::uint64_t* b, std::size_t count, const std::uint64_t* x,
              std::size_t items, std::uint32_t* least) noexcept {
  HWY_DYNAMIC_DISPATCH(Minimise)(a, b, count, x, items, least);
}

std::size_t equal_places(const std::uint32_t* a, const std::uint32_t* b, std::size_t count) noexcept {
  return HWY_DYNAMIC_DISPATCH(EqualPlaces)(a, b, count);
}

}  // namespace paritas::repair
#endif  // HWY_ONCE
