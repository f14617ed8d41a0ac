#pragma once
#include <cstdint>

#include "paritas/base/result.hpp"

namespace paritas {

struct BatchSizeOptions {
  double memory_per_item_mb = 5.0;
  bool strict_memory = false;  ///< never more items than the memory holds
};

/// The published batch size: what the memory holds, times sqrt(E(total_items)). It may ask for more than the memory it was
/// given: 1000 items, 500 MB and 5 MB an item give 178 items, which need 890 MB. With `strict_memory` it does not.
///
/// Returns: from 1 to total_items; 1 for no memory or no items
/// Errors:  `invalid_argument` for an available memory that is not finite, or a memory per item that is not a finite
///          number above 0
Result<std::int64_t> optimal_batch_size(std::int64_t total_items, double available_memory_mb,
                                        BatchSizeOptions options = {});

}  // namespace paritas
