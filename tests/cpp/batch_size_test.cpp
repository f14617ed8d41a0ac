#include "paritas/ocr/batch_size.hpp"

#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("optimal_batch_size agrees with its vectors") {
  for (const auto& test : load_vectors("batch_size")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test["given"];
      BatchSizeOptions options;
      if (given.contains("memory_per_item_mb")) options.memory_per_item_mb = number(given["memory_per_item_mb"]);
      options.strict_memory = given.value("strict_memory", options.strict_memory);
      const auto size =
          optimal_batch_size(integer(given["total_items"]), number(given["available_memory_mb"]), options);
      CHECK(outcome(size).dump() == test["expect"].dump());
    }
  }
}

TEST_CASE("a total that no double holds is kept whole") {
  const std::int64_t total = 9007199254740993;
  CHECK(optimal_batch_size(total, 1e30).value() == total);
}

}  // namespace paritas::tests
