#include "paritas/ocr/williams.hpp"

#include <hwy/targets.h>

#include <cstring>
#include <numeric>

#include "paritas/base/random.hpp"
#include "sha256.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

/// Exactly as long as needed, so that a sanitizer sees a step past the end.
std::vector<std::int64_t> integers(const Json& items) {
  std::vector<std::int64_t> out;
  for (const Json& item : items) out.push_back(integer(item));
  out.shrink_to_fit();
  return out;
}

Json record(const SpaceBoundResult& result) {
  return {{"space_bound", result.space_bound},
          {"efficiency", result.efficiency},
          {"time_complexity", as_integer(result.time_complexity)},
          {"space_reduction_percent", result.space_reduction_percent}};
}

Json batch(const Json& given) {
  const std::vector<std::int64_t> t = integers(given["t"]);
  std::vector<double> bound(t.size()), efficiency(t.size()), reduction(t.size());
  if (given.value("bounds_only", false)) {
    space_bound_batch(t, bound, {}, {});
    return {{"space_bound", bound}, {"efficiency", nullptr}, {"space_reduction_percent", nullptr}};
  }
  space_bound_batch(t, bound, efficiency, reduction);
  return {{"space_bound", bound}, {"efficiency", efficiency}, {"space_reduction_percent", reduction}};
}

Json step(WilliamsSpaceOptimizer& optimizer, const Json& call) {
  const auto has = [&](std::size_t i) { return i < call.size(); };
  if (call[0] == "reset_stats") {
    optimizer.reset_stats();
    return nullptr;
  }
  if (call[0] == "calculate_space_bound") {
    const SpaceBoundResult result = optimizer.calculate_space_bound(integer(call[1]));
    return {result.space_bound, result.efficiency, result.time_complexity, result.space_reduction_percent};
  }
  if (call[0] == "optimize_batch_size") {
    BatchSizeOptions options;
    if (has(3)) options.memory_per_item_mb = number(call[3]);
    return optimizer.optimize_batch_size(integer(call[1]), number(call[2]), options).value();
  }
  return optimizer.calculate_confidence_multiplier(integer(call[1]), has(2) ? number(call[2]) : kDefaultBaseConfidence,
                                                   has(3) ? call[3].get<std::string>() : std::string(kDefaultRegime));
}

Json run_optimizer(const Json& given) {
  auto made = WilliamsSpaceOptimizer::create(given.value("history_limit", kDefaultHistoryLimit));
  if (!made.ok()) return {{"error", {{"code", name(made.error().code)}, {"offset", made.error().offset}}}};
  WilliamsSpaceOptimizer optimizer = std::move(made).value();
  Json returns = Json::array();
  for (const Json& call : given["steps"]) returns.push_back(step(optimizer, call));
  const OptimizationStats stats = optimizer.get_optimization_stats();
  return {{"value",
           {{"returns", returns},
            {"history", optimizer.space_efficiency_history()},
            {"maximum", optimizer.max_efficiency_achieved()},
            {"stats",
             {{"average_efficiency", stats.average_efficiency},
              {"max_efficiency", stats.max_efficiency},
              {"operation_count", stats.operation_count},
              {"total_space_saved", stats.total_space_saved}}}}}};
}

Json call(const Json& given) {
  const std::string name = given.at("call");
  const std::string regime = given.value("regime", std::string(kDefaultRegime));
  if (name == "WilliamsSpaceOptimizer") return run_optimizer(given);
  Json value;
  if (name == "space_bound") value = record(space_bound(integer(given["t"])));
  if (name == "space_bound_batch") value = batch(given);
  if (name == "confidence_multiplier") value = confidence_multiplier(integer(given["n"]), regime);
  if (name == "confidence_multiplier_batch") {
    const std::vector<std::int64_t> n = integers(given["n"]);
    std::vector<double> out(n.size());
    confidence_multiplier_batch(n, regime, out);
    value = out;
  }
  if (name == "calculate_optimal_test_data_size") {
    value =
        calculate_optimal_test_data_size(integer(given["target_coverage"]), given.value("memory_constraint_mb", 100.0));
  }
  if (name == "williams_space_bound") value = williams_space_bound(integer(given["t"]));
  if (name == "williams_optimal_batch_size") value = williams_optimal_batch_size(integer(given["t"]));
  if (name == "williams_efficiency_multiplier") value = williams_efficiency_multiplier(integer(given["t"]));
  if (name == "williams_space_saved_percent") value = williams_space_saved_percent(integer(given["t"]));
  if (name == "williams_confidence_multiplier") {
    value = williams_confidence_multiplier(integer(given["n"]), number(given["base"]));
  }
  if (name == "constants") {
    value = {{"TSP_LEVERAGE_MULTIPLIERS",
              {{"support", kSupportLeverage}, {"exploration", kExplorationLeverage}, {"balance", kBalanceLeverage}}},
             {"MATHALIVE_GRAVITY_P", kMathaliveGravityP}};
  }
  return {{"value", value}};
}

std::string digest(const std::vector<double>& values) {
  return sha256({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)});
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

}  // namespace

TEST_CASE("the Williams numbers agree with their vectors") {
  for (const auto& test : load_vectors("williams")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(call(test["given"]).dump() == test["expect"].dump()); }
  }
}

TEST_CASE("sha256 is SHA-256") {
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("the Williams numbers of 0 to 1,000,000 have the published digests") {
  std::vector<std::int64_t> t(1000001);
  std::iota(t.begin(), t.end(), 0);
  std::vector<double> bound(t.size()), efficiency(t.size()), reduction(t.size());
  for (std::size_t i = 0; i < t.size(); ++i) {
    const SpaceBoundResult one = space_bound(t[i]);
    bound[i] = one.space_bound;
    efficiency[i] = one.efficiency;
    reduction[i] = one.space_reduction_percent;
  }
  CHECK(digest(bound) == "c0aa9a79bf5bc544b74f4aa9736c852d9b6a00fd6f65de57f7803ae7d62e0578");
  CHECK(digest(efficiency) == "594b9b9b1681cc88292989d824ff2908690794583a6d76228142c41666e64f34");
  CHECK(digest(reduction) == "7e82d2d2ae26e65ae665c9a528dd88208ea908973a89a675a88bceb689cd21a9");
  for (const auto& [regime, expected] :
       {std::pair("balance", "b2cd4977cb5478381bb675d222ed778aebed0ff258d13cc0d8e2df52305bf1b7"),
        std::pair("exploration", "9be6199545473ce696269e1df3940a39365eab2a999a822a2d3034083619b319"),
        std::pair("support", "f75162e44afa54c9ce479220ccd96af7c69ec7c3556c6dd8595b929ac38dc443")}) {
    std::vector<double> multipliers(t.size());
    confidence_multiplier_batch(t, regime, multipliers);
    CHECK(digest(multipliers) == expected);
  }

  // The batch form on every SIMD target of this machine, counts up to 1 and the slow way of log2 among them.
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    INFO(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    std::vector<double> s(t.size()), e(t.size()), r(t.size());
    space_bound_batch(t, s, e, r);
    CHECK((same_bits(s, bound) && same_bits(e, efficiency) && same_bits(r, reduction)));
    std::vector<double> alone(t.size());
    space_bound_batch(t, alone, {}, {});
    CHECK(same_bits(alone, bound));
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

TEST_CASE("the batch form gives the bits of one count for counts of every size") {
  Random random(2);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::int64_t> t(random.below(40));
    for (auto& item : t) item = static_cast<std::int64_t>(random.next() >> random.below(64)) - 3;
    t.shrink_to_fit();
    std::vector<double> bound(t.size()), efficiency(t.size()), reduction(t.size());
    space_bound_batch(t, bound, efficiency, reduction);
    for (std::size_t i = 0; i < t.size(); ++i) {
      CAPTURE(t[i]);
      const SpaceBoundResult one = space_bound(t[i]);
      REQUIRE((one == SpaceBoundResult{bound[i], efficiency[i], t[i], reduction[i]}));
    }
  }
}

}  // namespace paritas::tests
