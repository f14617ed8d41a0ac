#include "paritas/chunk/line_count.hpp"

#include "exact.hpp"
#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("count_lines agrees with its vectors") {
  for (const auto& test : load_vectors("line_count")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact given(test.at("given").at("text"));
      CHECK(count_lines(given.view()) == test.at("expect").at("value").get<std::size_t>());
    }
  }
}

TEST_CASE("count_lines takes any bytes") { CHECK(count_lines(std::string_view("\xFF\n\0\n", 4)) == 3); }

}  // namespace paritas::tests
