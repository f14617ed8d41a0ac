// What the machine can read: every byte once, by the widest loads it has, into sums that nothing waits for. A library, so
// that run.py lets it read the very array that the search reads.
#include <cstddef>
#include <cstdint>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "read.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// `ahead` bytes are asked for before they are read; 0 leaves that to the hardware.
std::uint32_t Read(const std::uint32_t* at, std::size_t count, std::size_t ahead) {
  const hn::ScalableTag<std::uint32_t> d;
  const std::size_t lanes = hn::Lanes(d);
  auto a = hn::Zero(d), b = a, c = a, e = a;
  std::size_t i = 0;
  for (; i + 4 * lanes <= count; i += 4 * lanes) {
    if (ahead > 0) {
      for (std::size_t line = 0; line < 4 * lanes; line += 16) hwy::Prefetch(at + i + line + ahead / 4);
    }
    a = hn::Add(a, hn::LoadU(d, at + i));
    b = hn::Add(b, hn::LoadU(d, at + i + lanes));
    c = hn::Add(c, hn::LoadU(d, at + i + 2 * lanes));
    e = hn::Add(e, hn::LoadU(d, at + i + 3 * lanes));
  }
  std::uint32_t sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(a, b), hn::Add(c, e))));
  for (; i < count; ++i) sum += at[i];
  return sum;
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas {
HWY_EXPORT(Read);

/// The sum of `count` words modulo 2^32, which run.py checks: a loop that read less would not know it.
extern "C" __attribute__((visibility("default"))) std::uint32_t bench_read(const std::uint32_t* at, std::size_t count,
                                                                           std::size_t ahead) {
  return HWY_DYNAMIC_DISPATCH(Read)(at, count, ahead);
}
}  // namespace paritas
#endif
