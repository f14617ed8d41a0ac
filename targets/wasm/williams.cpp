#include "paritas/ocr/williams.hpp"

#include "convert.hpp"
#include "integers.hpp"

namespace paritas::wasm {

namespace {

using High = std::int32_t;
using Low = std::uint32_t;
using Optimizer = WilliamsSpaceOptimizer;

/// S, E and R; the wrapper knows t.
Reply pack(const SpaceBoundResult& result) {
  Packer out;
  out.f64(result.space_bound);
  out.f64(result.efficiency);
  out.f64(result.space_reduction_percent);
  return out.out();
}

}  // namespace

WASM(Reply, defaultRegime)() {
  Packer out;
  out.text(kDefaultRegime);
  return out.out();
}
WASM(double, defaultBaseConfidence)() { return kDefaultBaseConfidence; }
WASM(double, defaultHistoryLimit)() { return static_cast<double>(kDefaultHistoryLimit); }

WASM(Reply, spaceBound)(High high, Low low) { return pack(space_bound(join(high, low))); }
WASM(void, spaceBoundBatch)
(std::uintptr_t t, std::size_t count, std::uintptr_t bound, std::uintptr_t efficiency, std::uintptr_t reduction) {
  space_bound_batch(integers(t, count), results(bound, count), results(efficiency, count), results(reduction, count));
}
WASM(double, confidenceMultiplier)(High high, Low low, std::uintptr_t regime, std::size_t bytes) {
  return confidence_multiplier(join(high, low), text(regime, bytes));
}
WASM(void, confidenceMultiplierBatch)
(std::uintptr_t n, std::size_t count, std::uintptr_t regime, std::size_t bytes, std::uintptr_t out) {
  confidence_multiplier_batch(integers(n, count), text(regime, bytes), results(out, count));
}
WASM(double, williamsSpaceBound)(High high, Low low) { return williams_space_bound(join(high, low)); }
WASM(double, williamsOptimalBatchSize)(High high, Low low) {
  return static_cast<double>(williams_optimal_batch_size(join(high, low)));
}
WASM(double, williamsEfficiencyMultiplier)(High high, Low low) {
  return williams_efficiency_multiplier(join(high, low));
}
WASM(double, williamsSpaceSavedPercent)(High high, Low low) { return williams_space_saved_percent(join(high, low)); }
WASM(double, williamsConfidenceMultiplier)(High high, Low low, double base) {
  return williams_confidence_multiplier(join(high, low), base);
}

WASM(Reply, optimizerCreate)(double history_limit) {
  return outcome(Optimizer::create(static_cast<std::int64_t>(history_limit)), handle);
}
WASM(void, optimizerDelete)(Optimizer* self) { delete self; }
WASM(Reply, optimizerSpaceBound)(Optimizer& self, High high, Low low) {
  return pack(self.calculate_space_bound(join(high, low)));
}
WASM(Reply, optimizerBatchSize)
(Optimizer& self, High high, Low low, double available_memory_mb, double memory_per_item_mb, bool strict_memory) {
  return outcome(self.optimize_batch_size(join(high, low), available_memory_mb, {memory_per_item_mb, strict_memory}),
                 number);
}
WASM(double, optimizerMultiplier)
(Optimizer& self, High high, Low low, double base_confidence, std::uintptr_t regime, std::size_t bytes) {
  return self.calculate_confidence_multiplier(join(high, low), base_confidence, text(regime, bytes));
}
WASM(Reply, optimizerHistory)(const Optimizer& self) { return typed(self.space_efficiency_history()); }
WASM(double, optimizerMaxEfficiency)(const Optimizer& self) { return self.max_efficiency_achieved(); }
WASM(Reply, optimizerStats)(const Optimizer& self) {
  const OptimizationStats all = self.get_optimization_stats();
  Packer out;
  out.f64(all.average_efficiency);
  out.f64(all.max_efficiency);
  out.f64(static_cast<double>(all.operation_count));
  out.f64(all.total_space_saved);
  return out.out();
}
WASM(void, optimizerReset)(Optimizer& self) { self.reset_stats(); }

}  // namespace paritas::wasm
