#include "paritas/repair/coerce.hpp"

#include "exact.hpp"

namespace paritas::tests {
namespace {

Json shaped(const CoercedValue& value) {
  return {{"type", std::string(name(value.type))}, {"json", value.json}, {"exact", value.exact}};
}

}  // namespace

TEST_CASE("coerce_string_type agrees with its vectors") {
  for (const auto& test : load_vectors("coerce")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact s(test["given"].at("s"));
      CHECK(Json{{"value", shaped(coerce_string_type(s.view()))}} == test.at("expect"));
      const std::string_view both[] = {s.view(), s.view()};
      CHECK(shaped(batch_coerce_string_types(both, 2).value()[1]) == test.at("expect").at("value"));
    }
  }
}

TEST_CASE("ill-formed bytes count as U+FFFD in coerce_string_type") {
  CHECK(coerce_string_type("a\xFF").json == "\"a\uFFFD\"");
  CHECK(coerce_string_type("\xE2\x80").json == "\"\uFFFD\"");
  CHECK(coerce_string_type("{\"a\": \"\xFF\"}").json == "{\"a\": \"\uFFFD\"}");
  CHECK(batch_coerce_string_types({}, -1).error().code == ErrorCode::invalid_argument);
}

}  // namespace paritas::tests
