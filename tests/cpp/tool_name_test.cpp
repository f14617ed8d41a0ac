#include "paritas/match/tool_name.hpp"

#include "exact.hpp"
#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("tool_name_fault agrees with its vectors") {
  for (const auto& test : load_vectors("tool_name")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact name(test.at("given").at("name"));
      const std::string_view fault = tool_name_fault(name.view());
      const Json& expect = test.at("expect").at("value");
      CHECK(fault.empty() == expect.at("ok"));
      CHECK(Json(fault.empty() ? Json() : Json(std::string(fault))) == expect.at("reason"));
    }
  }
}

TEST_CASE("tool_name_fault bears ill-formed bytes") {
  CHECK(tool_name_fault("a\xFF") == "invalid_characters");
  CHECK(tool_name_fault(std::string(65, '\xFF')) == "too_long");
}

}  // namespace paritas::tests
