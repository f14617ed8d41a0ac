#include "paritas/ocr/batch_size.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"
#include "integers.hpp"

namespace paritas::wasm {
namespace {

val optimal_batch_size(std::int32_t high, std::uint32_t low, double available_memory_mb, double memory_per_item_mb,
                       bool strict_memory) {
  return outcome(paritas::optimal_batch_size(join(high, low), available_memory_mb, {memory_per_item_mb, strict_memory}),
                 [](std::int64_t size) { return val(static_cast<double>(size)); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_batch_size) {
  emscripten::value_object<BatchSizeOptions>("BatchSizeOptions")
      .field("memoryPerItemMb", &BatchSizeOptions::memory_per_item_mb)
      .field("strictMemory", &BatchSizeOptions::strict_memory);
  emscripten::function(
      "batchSizeDefaults", +[] { return BatchSizeOptions{}; });
  emscripten::function("optimalBatchSize", &optimal_batch_size);
}

}  // namespace paritas::wasm
