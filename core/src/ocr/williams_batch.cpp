#include <array>
#include <cstddef>
#include <cstdint>

#include "base/maths_tables.hpp"
#include "ocr/williams_formula.hpp"
#include "paritas/ocr/williams.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocr/williams_batch.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef PARITAS_WILLIAMS_BATCH_ONCE
#define PARITAS_WILLIAMS_BATCH_ONCE
namespace paritas {
namespace {

/// What a batch reads and writes; null where a result is not wanted.
struct Batch {
  const std::int64_t* t;
  double* bound;
  double* efficiency;
  double* reduction;
};

inline void compute_one(const Batch& batch, std::size_t i) {
  const double t = static_cast<double>(batch.t[i]);
  const double bound = bound_of(t);
  batch.bound[i] = bound;
  if (batch.efficiency != nullptr) batch.efficiency[i] = efficiency_of(t, bound);
  if (batch.reduction != nullptr) batch.reduction[i] = reduction_of(t, bound);
}

/// The reciprocal of an interval, whose lower 32 bits are 0, with the lower half of its logarithm in them, in units of
/// 2^-73 and raised by 2^31: one load instead of two.
[[maybe_unused]] constexpr std::array<std::uint64_t, 128> kPacked = [] {
  std::array<std::uint64_t, 128> packed{};
  for (std::size_t i = 0; i < packed.size(); ++i) {
    const auto low = static_cast<std::int64_t>(maths::kLog2[i].low * 0x1p73) + (std::int64_t{1} << 31);
    packed[i] = __builtin_bit_cast(std::uint64_t, maths::kLogInverse[i]) | static_cast<std::uint64_t>(low);
  }
  return packed;
}();
[[maybe_unused]] constexpr std::array<double, 128> kHigh = [] {
  std::array<double, 128> high{};
  for (std::size_t i = 0; i < high.size(); ++i) high[i] = maths::kLog2[i].high;
  return high;
}();

}  // namespace
}  // namespace paritas
#endif

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// log2 of base/maths.cpp on all lanes. There is no order to keep here: a lane is taken only where it is sure to be the
// double nearest to the true value, as the scalar log2 is; the others are left to that.
void SpaceBoundBatch(const Batch& batch, std::size_t n) {
  std::size_t i = 0;
#if HWY_HAVE_FLOAT64 && HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<double> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::RebindToSigned<decltype(d)> di;
  const std::size_t lanes = hn::Lanes(d);
  const auto magic = hn::Set(du, 0x4330000000000000u);  // 2^52, whose fraction takes a whole number as it is
  const auto two52 = hn::Set(d, 0x1p52);
  const auto upper_bits = hn::Set(du, 0xffffffff00000000u);
  const auto term = [&](int k) { return hn::Set(d, maths::kLog2Terms[k]); };
  for (; i + lanes <= n; i += lanes) {
    const auto count = hn::LoadU(du, reinterpret_cast<const std::uint64_t*>(batch.t + i));
    const auto unusual = hn::ShiftRight<51>(hn::Sub(count, hn::Set(du, 2)));  // 0 for 2 .. 2^51 + 1
    if (!hn::AllTrue(du, hn::Eq(unusual, hn::Zero(du)))) {
      for (std::size_t lane = 0; lane < lanes; ++lane) compute_one(batch, i + lane);
      continue;
    }
    const auto t = hn::Sub(hn::BitCast(d, hn::Or(count, magic)), two52);
    const auto bits = hn::BitCast(du, t);
    const auto distance = hn::Sub(bits, hn::Set(du, 0x3fe6000000000000u));
    const auto exponent = hn::Sub(hn::BitCast(d, hn::Or(hn::ShiftRight<52>(distance), magic)), two52);
    const auto at = hn::BitCast(di, hn::And(hn::ShiftRight<45>(distance), hn::Set(du, 127)));
    const auto m = hn::BitCast(d, hn::Sub(bits, hn::And(distance, hn::Set(du, 0xfff0000000000000u))));
    const auto packed = hn::GatherIndex(du, kPacked.data(), at);
    const auto table_high = hn::GatherIndex(d, kHigh.data(), at);
    const auto inverse = hn::BitCast(d, hn::And(packed, upper_bits));
    const auto low_count = hn::BitCast(d, hn::Or(hn::AndNot(upper_bits, packed), magic));
    const auto table_low = hn::Mul(hn::Sub(low_count, hn::Set(d, 0x1p52 + 0x1p31)), hn::Set(d, 0x1p-73));

    const auto upper = hn::BitCast(d, hn::And(hn::BitCast(du, m), upper_bits));
    const auto r_high = hn::Sub(hn::Mul(upper, inverse), hn::Set(d, 1.0));
    const auto r_low = hn::Mul(hn::Sub(m, upper), inverse);
    const auto r = hn::Add(r_high, r_low);
    const auto r2 = hn::Mul(r, r);
    const auto front = hn::Add(term(0), hn::Mul(r, term(1)));
    const auto middle = hn::Add(term(2), hn::Mul(r, term(3)));
    const auto back = hn::Add(term(4), hn::Mul(r, term(5)));
    const auto series = hn::Add(hn::Add(front, hn::Mul(r2, middle)), hn::Mul(hn::Mul(r2, r2), back));

    const auto start = hn::Add(exponent, table_high);
    const auto linear = hn::Mul(r_high, hn::Set(d, maths::kLog2EHigh));
    const auto high = hn::Add(start, linear);
    const auto lost = hn::Sub(linear, hn::Sub(high, start));
    const auto small = hn::Add(hn::Add(table_low, hn::Mul(r_high, hn::Set(d, maths::kLog2ELow))),
                               hn::Mul(r_low, hn::Set(d, maths::kLog2E)));
    const auto low = hn::Add(hn::Add(lost, small), hn::Mul(r2, series));
    // Without the term of r^8 the true value lies within 2^-65.7, and 2^-64 is on the safe side.
    const auto logarithm = hn::Add(high, hn::Add(low, hn::Set(d, 0x1p-64)));
    const auto other = hn::Add(high, hn::Sub(low, hn::Set(d, 0x1p-64)));

    const auto bound = hn::Mul(hn::Sqrt(t), logarithm);
    hn::StoreU(bound, d, batch.bound + i);
    if (batch.efficiency != nullptr) hn::StoreU(hn::Div(t, bound), d, batch.efficiency + i);
    if (batch.reduction != nullptr) {
      hn::StoreU(hn::Mul(hn::Div(hn::Sub(t, bound), t), hn::Set(d, 100.0)), d, batch.reduction + i);
    }
    if (!hn::AllTrue(d, hn::Eq(logarithm, other))) {
      for (std::size_t lane = 0; lane < lanes; ++lane) compute_one(batch, i + lane);
    }
  }
#endif
  for (; i < n; ++i) compute_one(batch, i);
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas {

HWY_EXPORT(SpaceBoundBatch);

void space_bound_batch(std::span<const std::int64_t> t, std::span<double> bound, std::span<double> efficiency,
                       std::span<double> reduction) noexcept {
  const Batch batch{t.data(), bound.data(), efficiency.empty() ? nullptr : efficiency.data(),
                    reduction.empty() ? nullptr : reduction.data()};
  HWY_DYNAMIC_DISPATCH(SpaceBoundBatch)(batch, t.size());
}

}  // namespace paritas
#endif
