#include "paritas/ocr/williams.hpp"

#include <algorithm>
#include <cstddef>

#include "ocr/williams_formula.hpp"

namespace paritas {
namespace {

double leverage(std::string_view regime) noexcept {
  if (regime == "support") return kSupportLeverage;
  if (regime == "exploration") return kExplorationLeverage;
  return regime == kDefaultRegime ? kBalanceLeverage : 1.0;
}

double multiplier(double n, double leverage) noexcept {
  if (!(n >= 2.0)) return 1.0;
  const double k = leverage / 1000.0;
  double factor = 1.0 + k;
  if (n < 10.0) factor = 1.0 + k * (n / 10.0);
  if (n > 500.0) factor = 1.0 + k * (log2(500.0) / log2(n));
  return std::max(0.85, std::min(1.0, confidence_base(n) * factor));
}

}  // namespace

SpaceNumbers space_numbers(double t) noexcept {
  const double bound = bound_of(t);
  return {bound, efficiency_of(t, bound), reduction_of(t, bound)};
}

double confidence_base(double n) noexcept {
  if (!(n >= 2.0)) return 1.0;
  return 0.85 + 0.15 * std::min(1.0, efficiency_of(n, bound_of(n)) / 30.0);
}

SpaceBoundResult space_bound(std::int64_t t) noexcept {
  const SpaceNumbers numbers = space_numbers(static_cast<double>(t));
  return {numbers.bound, numbers.efficiency, t, numbers.reduction};
}

double confidence_multiplier(std::int64_t n, std::string_view regime) noexcept {
  return multiplier(static_cast<double>(n), leverage(regime));
}

void confidence_multiplier_batch(std::span<const std::int64_t> n, std::string_view regime,
                                 std::span<double> out) noexcept {
  const double regime_leverage = leverage(regime);
  for (std::size_t i = 0; i < n.size(); ++i) out[i] = multiplier(static_cast<double>(n[i]), regime_leverage);
}

std::int64_t calculate_optimal_test_data_size(std::int64_t target_coverage, double) noexcept {
  return williams_optimal_batch_size(target_coverage);
}

double williams_space_bound(std::int64_t t) noexcept { return bound_of(static_cast<double>(t)); }

std::int64_t williams_optimal_batch_size(std::int64_t t) noexcept {
  return static_cast<std::int64_t>(williams_space_bound(t));
}

double williams_efficiency_multiplier(std::int64_t t) noexcept {
  return space_numbers(static_cast<double>(t)).efficiency;
}

double williams_space_saved_percent(std::int64_t t) noexcept { return space_numbers(static_cast<double>(t)).reduction; }

double williams_confidence_multiplier(std::int64_t n, double) noexcept {
  return confidence_base(static_cast<double>(n));
}

}  // namespace paritas
