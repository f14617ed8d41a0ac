#include "stored_kernels.hpp"

#include <cmath>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "vectors/stored_kernels.cpp"  // as seen from core/src: compiled once for each target
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "vectors/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {

// ---- half floats

// Exact for every half, denormals and infinities included.
HWY_INLINE Vec Widen(const std::uint16_t* HWY_RESTRICT at) {
#if (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2) || HWY_ARCH_ARM_A64
  const hn::Rebind<hwy::float16_t, Tag> half;
  return hn::PromoteTo(Tag(), hn::LoadU(half, reinterpret_cast<const hwy::float16_t*>(at)));
#else
  const hn::RebindToUnsigned<Tag> u32;
  const hn::Rebind<std::uint16_t, Tag> u16;
  const auto half = hn::PromoteTo(u32, hn::LoadU(u16, at));
  const auto size = hn::ShiftLeft<13>(hn::And(half, hn::Set(u32, 0x7FFFU)));
  const auto sign = hn::ShiftLeft<16>(hn::And(half, hn::Set(u32, 0x8000U)));
  const auto scaled = hn::Mul(hn::BitCast(Tag(), size), hn::Set(Tag(), 0x1p112F));
  const auto endless = hn::Or(size, hn::Set(u32, 0x7F80'0000U));  // infinities and NaN
  const auto finite =
      hn::Lt(hn::BitCast(hn::RebindToSigned<Tag>(), size), hn::Set(hn::RebindToSigned<Tag>(), 0x0F80'0000));
  const auto bits = hn::IfThenElse(hn::RebindMask(Tag(), finite), scaled, hn::BitCast(Tag(), endless));
  return hn::Or(bits, hn::BitCast(Tag(), sign));
#endif
}

HWY_INLINE Block Load(const std::uint16_t* HWY_RESTRICT at) {
  Block out;
  for (std::size_t r = 0; r < kParts; ++r) out.part[r] = Widen(at + r * kStep);
  return out;
}
HWY_INLINE Block LoadTail(const std::uint16_t* HWY_RESTRICT at, std::size_t left) {
  HWY_ALIGN std::uint16_t padded[kLanes] = {};
  std::memcpy(padded, at, left * sizeof *at);
  return Load(padded);
}

// `ahead` is where the rows of the next call lie: asked for now, they are there then.
template <std::size_t kRows, bool kDistance>
HWY_INLINE void HalvesRows(const float* HWY_RESTRICT vector, const std::uint16_t* const* rows,
                           const std::uint16_t* const* ahead, std::size_t n, float* out) {
  Block sum[kRows];
  for (Block& s : sum) SetZero(s);
  const auto add = [](Block& s, const Block& x, const Block& y) HWY_ATTR {
    if constexpr (kDistance) {
      AddSquare(s, x, y);
    } else {
      AddProduct(s, x, y);
    }
  };
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    const Block x = Load(vector + i);
    for (std::size_t r = 0; r < kRows; ++r) {
      hwy::Prefetch(ahead[r] + i);
      add(sum[r], x, Load(rows[r] + i));
    }
  }
  if (i < n) {
    const Block x = LoadTail(vector + i, n - i);
    for (std::size_t r = 0; r < kRows; ++r) add(sum[r], x, LoadTail(rows[r] + i, n - i));
  }
  for (std::size_t r = 0; r < kRows; ++r) out[r] = Fold(sum[r]);
}

template <bool kDistance>
HWY_INLINE void Halves(const float* HWY_RESTRICT vector, const std::uint16_t* const* rows, std::size_t count,
                       std::size_t n, float* out) {
  std::size_t j = 0;
  for (; j + kDotRows <= count; j += kDotRows) {
    const std::uint16_t* const* ahead = rows + (j + 2 * kDotRows <= count ? j + kDotRows : j);
    HalvesRows<kDotRows, kDistance>(vector, rows + j, ahead, n, out + j);
  }
  for (; j < count; ++j) HalvesRows<1, kDistance>(vector, rows + j, rows + j, n, out + j);
}

void HalvesDots(const float* vector, const std::uint16_t* const* rows, std::size_t count, std::size_t n, float* out) {
  Halves<false>(vector, rows, count, n, out);
}
void HalvesDistances(const float* vector, const std::uint16_t* const* rows, std::size_t count, std::size_t n,
                     float* out) {
  Halves<true>(vector, rows, count, n, out);
}

void WidenHalves(const std::uint16_t* HWY_RESTRICT halves, std::size_t n, float* HWY_RESTRICT out) {
  std::size_t i = 0;
  for (; i + kStep <= n; i += kStep) hn::StoreU(Widen(halves + i), Tag(), out + i);
  if (i == n) return;
  HWY_ALIGN std::uint16_t padded[kLanes] = {};
  HWY_ALIGN float widened[kLanes];
  std::memcpy(padded, halves + i, (n - i) * sizeof *halves);
  hn::StoreU(Widen(padded), Tag(), widened);
  std::memcpy(out + i, widened, (n - i) * sizeof *out);
}

// ---- int8

using WideTag = hn::ScalableTag<std::int16_t>;
using WholeTag = hn::Rebind<std::int8_t, WideTag>;
using SumTag = hn::RepartitionToWide<WideTag>;

#if HWY_TARGET != HWY_SCALAR
template <class D>
HWY_INLINE auto Quarter(D, hn::Vec<D> v) {
  if constexpr (hn::MaxLanes(D()) > 4) {
    const hn::Half<D> half;
    return Quarter(half, hn::Add(hn::LowerHalf(half, v), hn::UpperHalf(half, v)));
  } else {
    return v;
  }
}
#endif

// The sums of the lanes of four vectors, which take turns with the halves of each other.
HWY_INLINE void SumFour(hn::Vec<SumTag> a, hn::Vec<SumTag> b, hn::Vec<SumTag> c, hn::Vec<SumTag> e, std::int32_t* out) {
#if HWY_TARGET == HWY_SCALAR
  out[0] = hn::GetLane(a), out[1] = hn::GetLane(b), out[2] = hn::GetLane(c), out[3] = hn::GetLane(e);
#else
  const hn::CappedTag<std::int32_t, 4> d;
  const hn::RepartitionToWide<decltype(d)> d64;
  const auto x = Quarter(SumTag(), a), y = Quarter(SumTag(), b), z = Quarter(SumTag(), c), w = Quarter(SumTag(), e);
  const auto xy = hn::BitCast(d64, hn::Add(hn::InterleaveLower(d, x, y), hn::InterleaveUpper(d, x, y)));
  const auto zw = hn::BitCast(d64, hn::Add(hn::InterleaveLower(d, z, w), hn::InterleaveUpper(d, z, w)));
  hn::StoreU(
      hn::Add(hn::BitCast(d, hn::InterleaveLower(d64, xy, zw)), hn::BitCast(d, hn::InterleaveUpper(d64, xy, zw))), d,
      out);
#endif
}

template <std::size_t kRows>
HWY_INLINE void WholeRows(const std::int16_t* HWY_RESTRICT vector, const std::int8_t* const* rows,
                          const std::int8_t* const* ahead, std::size_t n, std::int32_t* out) {
  const SumTag d32;
  const std::size_t step = hn::Lanes(WideTag());
  hn::Vec<SumTag> low[kRows], high[kRows];  // ReorderWidenMulAccumulate uses one of them, or both
  for (std::size_t r = 0; r < kRows; ++r) low[r] = high[r] = hn::Zero(d32);
  std::size_t i = 0;
  for (; i + step <= n; i += step) {
    const auto x = hn::LoadU(WideTag(), vector + i);
    for (std::size_t r = 0; r < kRows; ++r) {
      if (i % 64 == 0) hwy::Prefetch(ahead[r] + i);
      const auto y = hn::PromoteTo(WideTag(), hn::LoadU(WholeTag(), rows[r] + i));
      low[r] = hn::ReorderWidenMulAccumulate(d32, x, y, low[r], high[r]);
    }
  }
  if (i < n) {  // the vector goes on with zeros
    const auto x = hn::LoadU(WideTag(), vector + i);
    for (std::size_t r = 0; r < kRows; ++r) {
      HWY_ALIGN std::int8_t padded[kWholePadding] = {};
      std::memcpy(padded, rows[r] + i, n - i);
      const auto y = hn::PromoteTo(WideTag(), hn::LoadU(WholeTag(), padded));
      low[r] = hn::ReorderWidenMulAccumulate(d32, x, y, low[r], high[r]);
    }
  }
  if constexpr (kRows == 4) {
    SumFour(hn::Add(low[0], high[0]), hn::Add(low[1], high[1]), hn::Add(low[2], high[2]), hn::Add(low[3], high[3]),
            out);
  } else {
    for (std::size_t r = 0; r < kRows; ++r) out[r] = hn::GetLane(hn::SumOfLanes(d32, hn::Add(low[r], high[r])));
  }
}

void WholeDots(const std::int16_t* HWY_RESTRICT vector, const std::int8_t* const* rows, std::size_t count,
               std::size_t n, std::int32_t* out) {
  constexpr std::size_t kRows = 4;
  std::size_t j = 0;
  for (; j + kRows <= count; j += kRows) {
    WholeRows<kRows>(vector, rows + j, rows + (j + 2 * kRows <= count ? j + kRows : j), n, out + j);
  }
  for (; j < count; ++j) WholeRows<1>(vector, rows + j, rows + j, n, out + j);
}

void WholeCosines(const std::int32_t* dots, std::uint32_t square, const std::uint32_t* squares, std::size_t count,
                  float* out) {
  std::size_t i = 0;
#if HWY_HAVE_FLOAT64 && HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<double> d;
  const hn::Rebind<std::int32_t, decltype(d)> d32;
  const hn::Rebind<float, decltype(d)> narrow;
  const auto mine = hn::Set(d, static_cast<double>(square));
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
    const auto dot = hn::PromoteTo(d, hn::LoadU(d32, dots + i));
    const auto other = hn::PromoteTo(d, hn::LoadU(d32, reinterpret_cast<const std::int32_t*>(squares) + i));
    const auto both = hn::Mul(mine, other);
    const auto cosine = hn::IfThenElseZero(hn::Gt(both, hn::Zero(d)), hn::Div(dot, hn::Sqrt(both)));
    hn::StoreU(hn::Add(hn::DemoteTo(narrow, cosine), hn::Zero(narrow)), narrow, out + i);
  }
#endif
  for (; i < count; ++i) {
    const double both = static_cast<double>(square) * static_cast<double>(squares[i]);
    out[i] = both > 0.0 ? static_cast<float>(static_cast<double>(dots[i]) / std::sqrt(both)) + 0.0F : 0.0F;
  }
}

std::uint64_t Above(const float* scores, std::size_t count, float least) {
  std::uint64_t out = 0;
  std::size_t i = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::CappedTag<float, 16> d;
  const auto limit = hn::Set(d, least);
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(d, hn::Le(hn::LoadU(d, scores + i), limit), bits);
    const auto below = static_cast<std::uint64_t>(bits[0] | bits[1] << 8);
    out |= (~below & ((std::uint64_t{1} << hn::Lanes(d)) - 1)) << i;
  }
#endif
  for (; i < count; ++i) out |= std::uint64_t{!(scores[i] <= least)} << i;
  return out;
}

// ---- bits

template <std::size_t kWords>
HWY_INLINE std::uint64_t Differing(const std::uint8_t* HWY_RESTRICT a, const std::uint8_t* HWY_RESTRICT b) {
  std::uint64_t x[kWords], y[kWords], sum = 0;
  std::memcpy(x, a, sizeof x);
  std::memcpy(y, b, sizeof y);
  for (std::size_t i = 0; i < kWords; ++i) sum += static_cast<std::uint64_t>(__builtin_popcountll(x[i] ^ y[i]));
  return sum;
}

// Words of 64 bits: a row is short, and every target but the oldest x86 counts a word in one instruction.
template <std::size_t kWords>  // before the last ones; 0: any number
HWY_INLINE void DifferingRows(const std::uint8_t* HWY_RESTRICT vector, const std::uint8_t* const* rows,
                              std::size_t count, std::size_t bytes, std::uint32_t* out) {
  for (std::size_t j = 0; j < count; ++j) {
    const std::uint8_t* HWY_RESTRICT row = rows[j];
    std::uint64_t sum = 0;
    std::size_t i = kWords * 8;
    if constexpr (kWords > 0) {
      sum = Differing<kWords>(vector, row);
    } else {
      for (; i + 32 <= bytes; i += 32) sum += Differing<4>(vector + i, row + i);
      for (; i + 8 <= bytes; i += 8) sum += Differing<1>(vector + i, row + i);
      if (i < bytes) {
        std::uint64_t x = 0, y = 0;
        std::memcpy(&x, vector + i, bytes - i);
        std::memcpy(&y, row + i, bytes - i);
        sum += static_cast<std::uint64_t>(__builtin_popcountll(x ^ y));
      }
    }
    out[j] = static_cast<std::uint32_t>(sum);
  }
}

void DifferingBits(const std::uint8_t* vector, const std::uint8_t* const* rows, std::size_t count, std::size_t bytes,
                   std::uint32_t* out) {
  switch (bytes) {  // of the dimensions that models have
    case 48:
      return DifferingRows<6>(vector, rows, count, bytes, out);
    case 96:
      return DifferingRows<12>(vector, rows, count, bytes, out);
    case 128:
      return DifferingRows<16>(vector, rows, count, bytes, out);
    default:
      return DifferingRows<0>(vector, rows, count, bytes, out);
  }
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas {

HWY_EXPORT(HalvesDots);
HWY_EXPORT(HalvesDistances);
HWY_EXPORT(WidenHalves);
HWY_EXPORT(WholeDots);
HWY_EXPORT(WholeCosines);
HWY_EXPORT(Above);
HWY_EXPORT(DifferingBits);

void halves_dots(const float* vector, const std::uint16_t* const* rows, std::size_t count, std::size_t n, float* out) {
  HWY_DYNAMIC_DISPATCH(HalvesDots)(vector, rows, count, n, out);
}
void halves_distances(const float* vector, const std::uint16_t* const* rows, std::size_t count, std::size_t n,
                      float* out) {
  HWY_DYNAMIC_DISPATCH(HalvesDistances)(vector, rows, count, n, out);
}
void widen_halves(const std::uint16_t* halves, std::size_t n, float* out) {
  HWY_DYNAMIC_DISPATCH(WidenHalves)(halves, n, out);
}
void whole_dots(const std::int16_t* vector, const std::int8_t* const* rows, std::size_t count, std::size_t n,
                std::int32_t* out) {
  HWY_DYNAMIC_DISPATCH(WholeDots)(vector, rows, count, n, out);
}
void whole_cosines(const std::int32_t* dots, std::uint32_t square, const std::uint32_t* squares, std::size_t count,
                   float* out) {
  HWY_DYNAMIC_DISPATCH(WholeCosines)(dots, square, squares, count, out);
}
std::uint64_t above(const float* scores, std::size_t count, float least) {
  return HWY_DYNAMIC_DISPATCH(Above)(scores, count, least);
}
void differing_bits(const std::uint8_t* vector, const std::uint8_t* const* rows, std::size_t count, std::size_t bytes,
                    std::uint32_t* out) {
  HWY_DYNAMIC_DISPATCH(DifferingBits)(vector, rows, count, bytes, out);
}

}  // namespace paritas
#endif
