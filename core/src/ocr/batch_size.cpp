#include "paritas/ocr/batch_size.hpp"

#include <algorithm>
#include <cmath>

#include "paritas/ocr/williams.hpp"

namespace paritas {

Result<std::int64_t> optimal_batch_size(std::int64_t total_items, double available_memory_mb,
                                        BatchSizeOptions options) {
  if (!std::isfinite(available_memory_mb)) {
    return Error{ErrorCode::invalid_argument, "available_memory_mb must be finite"};
  }
  if (!(options.memory_per_item_mb > 0.0) || !std::isfinite(options.memory_per_item_mb)) {
    return Error{ErrorCode::invalid_argument, "memory_per_item_mb must be a finite number above 0"};
  }
  const double naive = std::trunc(available_memory_mb / options.memory_per_item_mb);
  const double efficiency = space_numbers(static_cast<double>(total_items)).efficiency;
  const double effective = options.strict_memory ? naive : std::trunc(naive * std::sqrt(efficiency));
  // Compared as whole numbers: a double above 2^53 does not hold every total.
  const std::int64_t fitting = effective >= 0x1p63 ? total_items : static_cast<std::int64_t>(std::max(effective, 0.0));
  return std::max<std::int64_t>(1, std::min(fitting, total_items));
}

}  // namespace paritas
