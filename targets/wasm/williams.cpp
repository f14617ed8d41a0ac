#include "paritas/ocr/williams.hpp"

#include <emscripten/bind.h>

#include <algorithm>

#include "convert.hpp"
#include "integers.hpp"

namespace paritas::wasm {
namespace {

using High = std::int32_t;
using Low = std::uint32_t;
using Optimizer = WilliamsSpaceOptimizer;

/// S, E and R; the wrapper knows t.
void write(const SpaceBoundResult& result, std::uintptr_t out) {
  const double values[] = {result.space_bound, result.efficiency, result.space_reduction_percent};
  std::copy(std::begin(values), std::end(values), results(out, 3).begin());
}

void space_bound(High high, Low low, std::uintptr_t out) { write(paritas::space_bound(join(high, low)), out); }

void space_bound_batch(std::uintptr_t t, std::size_t count, std::uintptr_t bound, std::uintptr_t efficiency,
                       std::uintptr_t reduction) {
  paritas::space_bound_batch(integers(t, count), results(bound, count), results(efficiency, count),
                             results(reduction, count));
}

double confidence_multiplier(High high, Low low, std::uintptr_t regime, std::size_t bytes) {
  return paritas::confidence_multiplier(join(high, low), text(regime, bytes));
}

void confidence_multiplier_batch(std::uintptr_t n, std::size_t count, std::uintptr_t regime, std::size_t bytes,
                                 std::uintptr_t out) {
  paritas::confidence_multiplier_batch(integers(n, count), text(regime, bytes), results(out, count));
}

val create(double history_limit) {
  return outcome(Optimizer::create(static_cast<std::int64_t>(history_limit)), handle);
}

val optimize_batch_size(Optimizer& self, High high, Low low, double available_memory_mb, double memory_per_item_mb,
                        bool strict_memory) {
  return outcome(self.optimize_batch_size(join(high, low), available_memory_mb, {memory_per_item_mb, strict_memory}),
                 [](std::int64_t size) { return val(static_cast<double>(size)); });
}

double optimizer_multiplier(Optimizer& self, High high, Low low, double base_confidence, std::uintptr_t regime,
                            std::size_t bytes) {
  return self.calculate_confidence_multiplier(join(high, low), base_confidence, text(regime, bytes));
}

val history(const Optimizer& self) {
  const std::vector<double> values = self.space_efficiency_history();
  return val::global("Float64Array").new_(emscripten::typed_memory_view(values.size(), values.data()));  // a copy
}

val stats(const Optimizer& self) {
  const OptimizationStats all = self.get_optimization_stats();
  val out = val::object();
  out.set("averageEfficiency", all.average_efficiency);
  out.set("maxEfficiency", all.max_efficiency);
  out.set("operationCount", static_cast<double>(all.operation_count));
  out.set("totalSpaceSaved", all.total_space_saved);
  return out;
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_williams) {
  emscripten::function(
      "defaultRegime", +[] { return std::string(kDefaultRegime); });
  emscripten::function(
      "defaultBaseConfidence", +[] { return kDefaultBaseConfidence; });
  emscripten::function(
      "defaultHistoryLimit", +[] { return static_cast<double>(kDefaultHistoryLimit); });
  emscripten::function("spaceBound", &space_bound);
  emscripten::function("spaceBoundBatch", &space_bound_batch);
  emscripten::function("confidenceMultiplier", &confidence_multiplier);
  emscripten::function("confidenceMultiplierBatch", &confidence_multiplier_batch);
  emscripten::function(
      "williamsSpaceBound", +[](High high, Low low) { return williams_space_bound(join(high, low)); });
  emscripten::function(
      "williamsOptimalBatchSize",
      +[](High high, Low low) { return static_cast<double>(williams_optimal_batch_size(join(high, low))); });
  emscripten::function(
      "williamsEfficiencyMultiplier",
      +[](High high, Low low) { return williams_efficiency_multiplier(join(high, low)); });
  emscripten::function(
      "williamsSpaceSavedPercent", +[](High high, Low low) { return williams_space_saved_percent(join(high, low)); });
  emscripten::function(
      "williamsConfidenceMultiplier",
      +[](High high, Low low, double base) { return williams_confidence_multiplier(join(high, low), base); });
  emscripten::class_<Optimizer>("WilliamsSpaceOptimizer")
      .smart_ptr<std::shared_ptr<Optimizer>>("WilliamsSpaceOptimizerHandle")
      .class_function("create", &create)
      .function(
          "calculateSpaceBound", +[](Optimizer& self, High high, Low low,
                                     std::uintptr_t out) { write(self.calculate_space_bound(join(high, low)), out); })
      .function("optimizeBatchSize", &optimize_batch_size)
      .function("calculateConfidenceMultiplier", &optimizer_multiplier)
      .function("spaceEfficiencyHistory", &history)
      .function("maxEfficiencyAchieved", &Optimizer::max_efficiency_achieved)
      .function("getOptimizationStats", &stats)
      .function("resetStats", &Optimizer::reset_stats);
}

}  // namespace paritas::wasm
