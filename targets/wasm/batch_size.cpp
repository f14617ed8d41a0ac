#include "paritas/ocr/batch_size.hpp"

#include "convert.hpp"
#include "integers.hpp"

namespace paritas::wasm {

WASM(double, defaultMemoryPerItemMb)() { return BatchSizeOptions{}.memory_per_item_mb; }
WASM(bool, defaultStrictMemory)() { return BatchSizeOptions{}.strict_memory; }

WASM(Reply, optimalBatchSize)
(std::int32_t high, std::uint32_t low, double available_memory_mb, double memory_per_item_mb, bool strict_memory) {
  return outcome(optimal_batch_size(join(high, low), available_memory_mb, {memory_per_item_mb, strict_memory}), number);
}

}  // namespace paritas::wasm
