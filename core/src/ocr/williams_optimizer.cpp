#include <algorithm>
#include <cstddef>
#include <mutex>

#include "paritas/ocr/williams.hpp"

namespace paritas {
namespace {

/// The nearest multiple of 0.01, half to even by the exact binary value: what Python's round(x, 2) gives.
double round_to_cents(double x) noexcept {
  const std::uint64_t bits = __builtin_bit_cast(std::uint64_t, x);
  const int exponent = static_cast<int>(bits >> 52 & 2047u) - 1075;
  if (exponent >= 46 - 52) return x;  // from 2^46 on, doubles lie further apart than 0.01
  std::uint64_t fraction = bits & 0x000fffffffffffffu;
  if (exponent > -1075) fraction |= 0x0010000000000000u;
  const std::uint64_t hundredfold = fraction * 100;  // below 2^60: |x| * 100 = hundredfold * 2^exponent, exactly
  const int down = -exponent;
  std::uint64_t cents = 0;
  if (down < 62) {
    cents = hundredfold >> down;
    const std::uint64_t rest = hundredfold & ((std::uint64_t{1} << down) - 1);
    const std::uint64_t half = std::uint64_t{1} << (down - 1);
    if (rest > half || (rest == half && (cents & 1u) != 0)) ++cents;
  }
  const double rounded = static_cast<double>(cents) / 100.0;
  return x < 0.0 ? -rounded : rounded;
}

}  // namespace

struct WilliamsSpaceOptimizer::Impl {
  mutable std::mutex mutex;
  std::size_t limit = 0;
  std::vector<double> history;  // a ring once it is full
  std::size_t oldest = 0;
  double maximum = 1.0;
  double sum = 0.0;    // of E, in the order of calls
  double saved = 0.0;  // of E - 1, in the same order
  std::int64_t count = 0;

  void record(std::int64_t t, double efficiency) {
    if (t < 2) return;
    if (history.size() < limit) {
      history.push_back(efficiency);
    } else if (limit > 0) {
      history[oldest] = efficiency;
      oldest = oldest + 1 == limit ? 0 : oldest + 1;
    }
    maximum = std::max(maximum, efficiency);
    sum += efficiency;
    saved += efficiency - 1.0;
    ++count;
  }
};

WilliamsSpaceOptimizer::WilliamsSpaceOptimizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WilliamsSpaceOptimizer::WilliamsSpaceOptimizer(WilliamsSpaceOptimizer&&) noexcept = default;
WilliamsSpaceOptimizer& WilliamsSpaceOptimizer::operator=(WilliamsSpaceOptimizer&&) noexcept = default;
WilliamsSpaceOptimizer::~WilliamsSpaceOptimizer() = default;

Result<WilliamsSpaceOptimizer> WilliamsSpaceOptimizer::create(std::int64_t history_limit) {
  if (history_limit < 0) return Error{ErrorCode::invalid_argument, "history_limit must be at least 0"};
  auto impl = std::make_unique<Impl>();
  impl->limit = static_cast<std::size_t>(
      std::min(static_cast<std::uint64_t>(history_limit), static_cast<std::uint64_t>(impl->history.max_size())));
  return WilliamsSpaceOptimizer(std::move(impl));
}

SpaceBoundResult WilliamsSpaceOptimizer::calculate_space_bound(std::int64_t t) {
  const SpaceBoundResult result = space_bound(t);
  const std::lock_guard lock(impl_->mutex);
  impl_->record(t, result.efficiency);
  return result;
}

Result<std::int64_t> WilliamsSpaceOptimizer::optimize_batch_size(std::int64_t total_items, double available_memory_mb,
                                                                 BatchSizeOptions options) {
  auto size = optimal_batch_size(total_items, available_memory_mb, options);
  if (!size.ok()) return size;
  const double efficiency = williams_efficiency_multiplier(total_items);
  const std::lock_guard lock(impl_->mutex);
  impl_->record(total_items, efficiency);
  return size;
}

double WilliamsSpaceOptimizer::calculate_confidence_multiplier(std::int64_t n, double, std::string_view regime) {
  const double efficiency = williams_efficiency_multiplier(n);
  const double result = confidence_multiplier(n, regime);
  const std::lock_guard lock(impl_->mutex);
  impl_->record(n, efficiency);
  return result;
}

std::vector<double> WilliamsSpaceOptimizer::space_efficiency_history() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<double> out = impl_->history;
  std::rotate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(impl_->oldest), out.end());
  return out;
}

double WilliamsSpaceOptimizer::max_efficiency_achieved() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->maximum;
}

OptimizationStats WilliamsSpaceOptimizer::get_optimization_stats() const {
  const std::lock_guard lock(impl_->mutex);
  const Impl& all = *impl_;
  if (all.count == 0) return {1.0, 1.0, 0, 0.0};
  return {round_to_cents(all.sum / static_cast<double>(all.count)), round_to_cents(all.maximum), all.count,
          round_to_cents(all.saved)};
}

void WilliamsSpaceOptimizer::reset_stats() {
  const std::lock_guard lock(impl_->mutex);
  impl_->history.clear();
  impl_->oldest = 0;
  impl_->maximum = 1.0;
  impl_->sum = 0.0;
  impl_->saved = 0.0;
  impl_->count = 0;
}

}  // namespace paritas
