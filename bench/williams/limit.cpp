// What space_bound_batch could reach at most: its loads (two of them table look-ups), its square root, its polynomial and
// its stores, without what makes the logarithm exact; and space_bound_batch itself beside it. Prints M values/s a core.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "paritas/ocr/williams.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "limit.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void Limit(const std::int64_t* t, const double* table, double* out, std::size_t n) {
#if HWY_HAVE_FLOAT64 && HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<double> d;
  const hn::RebindToSigned<decltype(d)> di;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i + lanes <= n; i += lanes) {
    const auto count = hn::LoadU(di, t + i);
    const auto magic = hn::Set(di, 0x4330000000000000);  // 2^52, whose fraction takes a whole number as it is
    const auto x = hn::Sub(hn::BitCast(d, hn::Or(count, magic)), hn::Set(d, 0x1p52));
    const auto at = hn::And(hn::ShiftRight<3>(count), hn::Set(di, 127));
    const auto a = hn::GatherIndex(d, table, at);
    const auto r = hn::Add(a, x);
    const auto r2 = hn::Mul(r, r);
    const auto front = hn::Add(hn::Set(d, 0.1), hn::Mul(r, hn::Set(d, 0.2)));
    const auto middle = hn::Add(hn::Set(d, 0.3), hn::Mul(r, hn::Set(d, 0.4)));
    const auto back = hn::Add(hn::Set(d, 0.5), hn::Mul(r, hn::Set(d, 0.6)));
    const auto series = hn::Add(hn::Add(front, hn::Mul(r2, middle)), hn::Mul(hn::Mul(r2, r2), back));
    const auto b = hn::GatherIndex(d, table + 128, at);
    hn::StoreU(hn::Mul(hn::Sqrt(x), hn::Add(series, b)), d, out + i);
  }
#else
  for (std::size_t i = 0; i < n; ++i) out[i] = table[t[i] & 127];
#endif
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas {
namespace {

HWY_EXPORT(Limit);

/// The best of many rounds: the machine is shared.
template <class Call>
double millions_a_second(std::size_t values, Call call) {
  double best = 0.0;
  for (int round = 0; round < 40; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t done = 0; done < 4'000'000; done += values) call();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    best = std::max(best, 4.0 / taken.count());
  }
  return best;
}

}  // namespace
}  // namespace paritas

int main() {
  using namespace paritas;
  constexpr std::size_t kValues = 20'000;  // stays in the caches
  std::vector<std::int64_t> t(kValues);
  for (std::size_t i = 0; i < kValues; ++i) t[i] = static_cast<std::int64_t>(2 + i * 7919 % 1'000'000);
  std::vector<double> out(kValues), table(256, 0.5);
  const auto loop = [&] { HWY_DYNAMIC_DISPATCH(Limit)(t.data(), table.data(), out.data(), kValues); };
  const double limit = millions_a_second(kValues, loop);
  const double ours = millions_a_second(kValues, [&] { space_bound_batch(t, out, {}, {}); });
  std::printf("%.0f %.0f\n", limit, ours);
}
#endif
