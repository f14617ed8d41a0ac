#include "paritas/text/stem_light.hpp"

#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("stem agrees with its vectors") {
  for (const auto& test : load_vectors("stem_light")) {
    DYNAMIC_SECTION(test["id"]) {
      CHECK(Json({{"value", stem(test.at("given").at("word").get<std::string>())}}) == test.at("expect"));
    }
  }
}

TEST_CASE("a stem fits into one byte more than the key") {
  for (const std::string key : {"left", "mice", "shot", "teeth", "lent", "found"}) {
    std::vector<char> out(key.size() + 1);  // AddressSanitizer sees a byte more
    CHECK(stem_light(key.data(), key.size(), out.data()) <= out.size());
  }
}

}  // namespace paritas::tests
