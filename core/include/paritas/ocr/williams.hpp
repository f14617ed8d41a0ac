#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/ocr/batch_size.hpp"

namespace paritas {

// The Williams numbers: S = sqrt(t) * log2(t) and what is computed from it. They keep published OCR back ends running, with
// the published names and values. They look at a count and never at a text, so they say nothing about whether a field was
// read correctly, and computing them saves no memory (docs/williams.md).
//
// Counts up to 2^53 are exact; larger ones are rounded to a double first. Counts up to 1, negative ones too, give
// S = 1, E = 1, R = 0. Everything but the optimizer is pure and may be called from any thread.

/// What is said of one count.
struct SpaceBoundResult {
  double space_bound;              ///< S = sqrt(t) * log2(t); above t for t = 5 .. 15
  double efficiency;               ///< E = t / S; below 1 for t = 5 .. 15
  std::int64_t time_complexity;    ///< t as it was given
  double space_reduction_percent;  ///< R = ((t - S) / t) * 100; negative for t = 5 .. 15

  friend bool operator==(const SpaceBoundResult&, const SpaceBoundResult&) = default;
};
static_assert(sizeof(SpaceBoundResult) == 32 && std::is_trivially_copyable_v<SpaceBoundResult>);

/// S, E and R of a count.
SpaceBoundResult space_bound(std::int64_t t) noexcept;

/// S, E and R for many counts, item for item as space_bound gives them. An empty `efficiency` or `reduction` is left out;
/// the others must be as long as `t`.
void space_bound_batch(std::span<const std::int64_t> t, std::span<double> bound, std::span<double> efficiency,
                       std::span<double> reduction) noexcept;

inline constexpr std::string_view kDefaultRegime = "balance";
inline constexpr double kDefaultBaseConfidence = 0.85;
inline constexpr double kSupportLeverage = 32.1;
inline constexpr double kExplorationLeverage = 26.8;
inline constexpr double kBalanceLeverage = 11.5;
inline constexpr double kMathaliveGravityP = 3.86e-48;  ///< published, not used

/// The published factor for n extracted fields, from 0.85 to 1: below 1 for 2 to 226,000 fields, so it lowers a score.
///
/// regime:  "support", "exploration" or "balance"; any other name has the leverage 1
/// Returns: exactly 1 for n <= 1
double confidence_multiplier(std::int64_t n, std::string_view regime = kDefaultRegime) noexcept;

/// The same for many counts; `out` is as long as `n`.
void confidence_multiplier_batch(std::span<const std::int64_t> n, std::string_view regime,
                                 std::span<double> out) noexcept;

/// S cut to a whole number, 1 for a target up to 1. The memory is ignored, as published.
std::int64_t calculate_optimal_test_data_size(std::int64_t target_coverage,
                                              double memory_constraint_mb = 100.0) noexcept;

// The functions of the published C library: S, S cut to a whole number, E, R, and the multiplier without leverage, whose
// base is ignored.
double williams_space_bound(std::int64_t t) noexcept;
std::int64_t williams_optimal_batch_size(std::int64_t t) noexcept;
double williams_efficiency_multiplier(std::int64_t t) noexcept;
double williams_space_saved_percent(std::int64_t t) noexcept;
double williams_confidence_multiplier(std::int64_t n, double base = kDefaultBaseConfidence) noexcept;

/// S, E and R of a count that is a double already: for the counts of C, which reach 2^64.
struct SpaceNumbers {
  double bound;
  double efficiency;
  double reduction;
};
SpaceNumbers space_numbers(double t) noexcept;

/// The multiplier without leverage: 0.85 + 0.15 * min(1, E(n) / 30), and 1 for n up to 1.
double confidence_base(double n) noexcept;

/// What an optimizer has recorded, each number rounded to two decimals.
struct OptimizationStats {
  double average_efficiency;
  double max_efficiency;
  std::int64_t operation_count;
  double total_space_saved;  ///< the sum of E - 1
};

inline constexpr std::int64_t kDefaultHistoryLimit = 100'000;

/// Computes the Williams numbers and remembers the efficiencies.
/// Memory:  the last `history_limit` efficiencies, 8 bytes each; the sums and the maximum cover all of them.
/// Threads: any; calls take turns.
class WilliamsSpaceOptimizer {
 public:
  /// Errors: `invalid_argument` for a negative limit.
  static Result<WilliamsSpaceOptimizer> create(std::int64_t history_limit = kDefaultHistoryLimit);
  WilliamsSpaceOptimizer(WilliamsSpaceOptimizer&&) noexcept;
  WilliamsSpaceOptimizer& operator=(WilliamsSpaceOptimizer&&) noexcept;
  ~WilliamsSpaceOptimizer();

  /// As space_bound; records E for t >= 2.
  SpaceBoundResult calculate_space_bound(std::int64_t t);
  /// As optimal_batch_size, with its errors; records E for total_items >= 2.
  Result<std::int64_t> optimize_batch_size(std::int64_t total_items, double available_memory_mb,
                                           BatchSizeOptions options = {});
  /// As confidence_multiplier; records E for n >= 2. base_confidence is ignored, as published.
  double calculate_confidence_multiplier(std::int64_t n, double base_confidence = kDefaultBaseConfidence,
                                         std::string_view regime = kDefaultRegime);

  /// Oldest first, the last `history_limit` of them.
  std::vector<double> space_efficiency_history() const;
  /// 1 at first.
  double max_efficiency_achieved() const;
  /// 1, 1, 0 and 0 when nothing was recorded.
  OptimizationStats get_optimization_stats() const;
  /// As after create.
  void reset_stats();

 private:
  struct Impl;
  explicit WilliamsSpaceOptimizer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
