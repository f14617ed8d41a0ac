#include "paritas/stream/repetition.hpp"

#include "convert.hpp"

namespace paritas::wasm {
namespace {

Reply told(const RepetitionReport& report) {
  Packer out;
  out.u32(static_cast<std::size_t>(report.kind));
  out.text(name(report.kind));
  for (const TextLength* length : {&report.position, &report.period, &report.covered, &report.start}) {
    out.f64(static_cast<double>(length->units));
  }
  out.f64(static_cast<double>(report.repeats));
  out.text(report.unit);
  out.f64(report.novelty);
  return out.out();
}

}  // namespace

WASM(Reply, repetitionDefaults)() {
  constexpr RepetitionOptions o;
  Packer out;
  for (const std::int64_t count :
       {o.max_period, o.min_repeats, o.min_covered, o.window, o.novelty_n, o.novelty_window}) {
    out.f64(static_cast<double>(count));
  }
  out.f64(o.novelty_min);
  return out.out();
}
WASM(Reply, repetitionCreate)(std::uintptr_t at) {
  const auto given = doubles(at, 7);
  const auto whole = [&](std::size_t i) { return static_cast<std::int64_t>(given[i]); };
  return outcome(RepetitionDetector::create({whole(0), whole(1), whole(2), whole(3), whole(4), whole(5), given[6]}),
                 handle);
}
WASM(void, repetitionDelete)(RepetitionDetector* self) { delete self; }
WASM(Reply, repetitionFeed)(RepetitionDetector& self, std::uintptr_t at, std::size_t bytes) {
  return outcome(self.feed(text(at, bytes)), told);
}
WASM(Reply, repetitionFinish)(RepetitionDetector& self) { return outcome(self.finish(), told); }
WASM(void, repetitionReset)(RepetitionDetector& self) { self.reset(); }
WASM(Reply, repetitionDetect)(std::uintptr_t at, std::size_t bytes) { return told(detect_repetition(text(at, bytes))); }

}  // namespace paritas::wasm
