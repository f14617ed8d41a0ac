#include "paritas/repair/normalize_block.hpp"

#include "exact.hpp"
#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("normalize_block agrees with its vectors") {
  for (const auto& test : load_vectors("normalize_block")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact given(test.at("given").at("block"));
      CHECK(normalize_block(given.view()) == test.at("expect").at("value").get<std::string>());
    }
  }
}

TEST_CASE("normalize_block reads ill-formed bytes as U+FFFD") {
  CHECK(normalize_block("A\xFF B\xE2\x82") == "a\xEF\xBF\xBD b\xEF\xBF\xBD");
}

}  // namespace paritas::tests
