#include "paritas/repair/json_extract.hpp"

#include "exact.hpp"

namespace paritas::tests {

TEST_CASE("extract_json_objects agrees with its vectors") {
  for (const auto& test : load_vectors("json_extract")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Exact text(given.at("text"));
      ExtractOptions options;
      if (given.contains("repair")) options.repair = given["repair"];
      if (given.contains("arrays")) options.arrays = given["arrays"];
      const auto found = extract_json_objects(text.view(), options);
      const Json values = Exact::list(found, [&](const JsonSpan& value) {
        return Json::array({text.span(value.span), value.json, value.repaired});
      });
      CHECK(Json{{"value", values}} == test.at("expect"));
    }
  }
}

TEST_CASE("normalize_json_string agrees with its vectors") {
  for (const auto& test : load_vectors("json_extract_normalize")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact s(test["given"].at("s"));
      const NormalizedJson found = normalize_json_string(s.view());
      CHECK(Json{{"value", {found.json, found.ok}}} == test.at("expect"));
    }
  }
}

TEST_CASE("spans of a text with ill-formed bytes are those of its bytes") {
  const std::string text = "\xFF\xE2\x80 {\"a\": \"\xFF\"} \xF0\x9F {'b': 1}";
  const auto found = extract_json_objects(text);
  REQUIRE(found.size() == 2);
  CHECK(text.substr(found[0].span.start, found[0].span.size()) == "{\"a\": \"\xFF\"}");
  CHECK(found[0].json == "{\"a\": \"\uFFFD\"}");
  CHECK(text.substr(found[1].span.start, found[1].span.size()) == "{'b': 1}");
}

}  // namespace paritas::tests
