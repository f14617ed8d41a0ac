#include "paritas/ocr/williams.hpp"

#include <array>
#include <vector>

#include "counts.hpp"
#include "features.hpp"

namespace paritas {
void check_williams(Random& random, Digest& digest) {
  constexpr std::array<std::string_view, 4> kRegimes = {"balance", "exploration", "support", "other"};
  std::vector<std::int64_t> counts(static_cast<std::size_t>(random.below(20)));
  for (auto& count : counts) count = draw_count(random);
  const std::string_view regime = kRegimes[static_cast<std::size_t>(random.below(4))];
  std::vector<double> bound(counts.size()), efficiency(counts.size()), reduction(counts.size());
  space_bound_batch(counts, bound, efficiency, reduction);
  WilliamsSpaceOptimizer optimizer = WilliamsSpaceOptimizer::create(8).value();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    digest.add(bound[i]);
    digest.add(efficiency[i]);
    digest.add(reduction[i]);
    digest.add(static_cast<std::uint64_t>(williams_optimal_batch_size(counts[i])));
    digest.add(williams_confidence_multiplier(counts[i]));
    digest.add(optimizer.calculate_confidence_multiplier(counts[i], kDefaultBaseConfidence, regime));
  }
  for (const double value : optimizer.space_efficiency_history()) digest.add(value);
  const OptimizationStats stats = optimizer.get_optimization_stats();
  digest.add(stats.average_efficiency);
  digest.add(stats.max_efficiency);
  digest.add(static_cast<std::uint64_t>(stats.operation_count));
  digest.add(stats.total_space_saved);
}

}  // namespace paritas
