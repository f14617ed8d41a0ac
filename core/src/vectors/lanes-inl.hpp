// What the kernels of float sums share: 32 virtual lanes in hardware vectors. Included once for each target.
#if defined(PARITAS_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PARITAS_LANES_INL
#undef PARITAS_LANES_INL
#else
#define PARITAS_LANES_INL
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kLanes = 32;  // virtual lanes, whatever the hardware has
using Tag = hn::CappedTag<float, kLanes>;
using Vec = hn::Vec<Tag>;
constexpr std::size_t kStep = hn::MaxLanes(Tag());
constexpr std::size_t kParts = kLanes / kStep;  // hardware vectors that hold the 32 lanes
// Masked loads that never touch what they leave out: the last block of a row is read where it lies.
#undef PARITAS_MASKED_TAIL
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
#define PARITAS_MASKED_TAIL 1
#else
#define PARITAS_MASKED_TAIL 0
#endif
// How many rows at once: enough sums in flight to hide the latency of an addition, and no more than registers hold.
constexpr std::size_t kRegisters = kStep == 16 || HWY_ARCH_ARM_A64 ? 32 : 16;
constexpr std::size_t kDotRows = std::max<std::size_t>(1, kRegisters / 2 / kParts / (kStep == 16 ? 2 : 1));

// 32 items of a vector, in registers.
struct Block {
  Vec part[kParts];
};

HWY_INLINE Block Load(const float* HWY_RESTRICT at) {
  Block out;
  for (std::size_t r = 0; r < kParts; ++r) out.part[r] = hn::LoadU(Tag(), at + r * kStep);
  return out;
}

// The last `left` items and zeros behind them: 0 * 0 and (0 - 0) * (0 - 0) leave every lane as it is, because no lane
// is ever -0.
HWY_INLINE Block LoadTail(const float* HWY_RESTRICT at, std::size_t left) {
#if PARITAS_MASKED_TAIL
  Block out;
  for (std::size_t r = 0; r < kParts; ++r) {
    const std::size_t before = r * kStep;
    const std::size_t mine = left > before ? std::min(left - before, kStep) : 0;
    out.part[r] = hn::MaskedLoad(hn::FirstN(Tag(), mine), Tag(), at + before);
  }
  return out;
#else
  HWY_ALIGN float padded[kLanes] = {};
  std::memcpy(padded, at, left * sizeof(float));
  return Load(padded);
#endif
}

HWY_INLINE void SetZero(Block& sum) {
  for (std::size_t r = 0; r < kParts; ++r) sum.part[r] = hn::Zero(Tag());
}
HWY_INLINE void AddProduct(Block& sum, const Block& a, const Block& b) {  // rounds twice, never fused
  for (std::size_t r = 0; r < kParts; ++r) sum.part[r] = hn::Add(sum.part[r], hn::Mul(a.part[r], b.part[r]));
}
HWY_INLINE void AddSquare(Block& sum, const Block& a, const Block& b) {
  for (std::size_t r = 0; r < kParts; ++r) {
    const Vec difference = hn::Sub(a.part[r], b.part[r]);
    sum.part[r] = hn::Add(sum.part[r], hn::Mul(difference, difference));
  }
}

// Lane j + half into lane j until one hardware vector is left.
HWY_INLINE Vec FoldParts(const Block& sum) {
  Block s = sum;
  for (std::size_t half = kParts / 2; half > 0; half /= 2) {
    for (std::size_t r = 0; r < half; ++r) s.part[r] = hn::Add(s.part[r], s.part[r + half]);
  }
  return s.part[0];
}

template <class D>
HWY_INLINE float FoldLanes(D, hn::Vec<D> v) {
#if HWY_TARGET == HWY_SCALAR
  return hn::GetLane(v);
#else
  if constexpr (hn::MaxLanes(D()) > 4) {
    const hn::Half<D> half;
    return FoldLanes(half, hn::Add(hn::LowerHalf(half, v), hn::UpperHalf(half, v)));
  } else {
    v = hn::Add(v, hn::Shuffle1032(v));
    return hn::GetLane(hn::Add(v, hn::Shuffle2301(v)));
  }
#endif
}
HWY_INLINE float Fold(const Block& sum) { return FoldLanes(Tag(), FoldParts(sum)); }

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
