#include "paritas/stream/cycles.hpp"

#include "canonical.hpp"
#include "packed.hpp"

namespace paritas::wasm {
namespace {

Reply told(const CycleReport& report) {
  Packer out;
  out.u8(report.is_cycle());
  out.f64(static_cast<double>(report.period));
  out.f64(static_cast<double>(report.repeats));
  out.text(report.guidance);
  for (const std::string& name : report.sequence) out.text(name);
  return out.out();
}

}  // namespace

WASM(Reply, cycleDefaults)() {
  constexpr CycleOptions o;
  Packer out;
  for (const std::int64_t count : {o.max_period, o.repeats, o.same_repeats, o.window}) {
    out.f64(static_cast<double>(count));
  }
  out.f64(o.similarity);
  return out.out();
}
WASM(Reply, cycleCreate)(std::uintptr_t at) {
  const auto given = doubles(at, 5);
  const auto whole = [&](std::size_t i) { return static_cast<std::int64_t>(given[i]); };
  return outcome(CycleDetector::create({whole(0), whole(1), whole(2), whole(3), given[4]}), handle);
}
WASM(void, cycleDelete)(CycleDetector* self) { delete self; }
/// In the first block the name, in the second the walked [name, arguments].
WASM(Reply, cycleRecord)
(CycleDetector& self, std::uintptr_t name, std::size_t name_bytes, std::uintptr_t at, std::size_t bytes) {
  CanonicalWriter writer(1);
  CanonicalReader(at, bytes).read(writer);
  if (writer.failed()) return failure(writer.error());
  return told(self.record(text(name, name_bytes), writer.written()));
}
WASM(Reply, cycleRecordSignature)(CycleDetector& self, std::uintptr_t at, std::size_t bytes) {
  return told(self.record_signature(text(at, bytes)));
}
WASM(void, cycleReset)(CycleDetector& self) { self.reset(); }

}  // namespace paritas::wasm
