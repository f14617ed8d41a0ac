#include "paritas/base/random.hpp"

#include <cstdio>

#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("Random agrees with its vectors") {
  for (const auto& test : load_vectors("random")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test["given"];
      const std::uint64_t seed = std::stoull(given.at("seed").get<std::string>(), nullptr, 16);
      Random nexts(seed), belows(seed), units(seed);
      Json value = {{"next", Json::array()}, {"below", Json::array()}, {"unit", Json::array()}};
      for (int i = 0; i < given.at("draws").get<int>(); ++i) {
        char digits[17];
        std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(nexts.next()));
        value["next"].push_back(digits);
        value["below"].push_back(belows.below(given.at("count").get<std::uint64_t>()));
        value["unit"].push_back(units.unit());
      }
      CHECK(Json{{"value", value}}.dump() == test["expect"].dump());
    }
  }
}

}  // namespace paritas::tests
