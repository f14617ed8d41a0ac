#include "paritas/repair/json_repair.hpp"

#include <string>

#include "exact.hpp"
#include "paritas/repair/json_scan.hpp"
#include "paritas/repair/json_stream.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas::tests {
namespace {

RepairOptions options_of(const Json& given, std::string& multiple, std::string& finite) {
  RepairOptions options;
  for (const auto& [key, value] : given.items()) {
    if (key == "partial") {
      options.partial = value.get<bool>();
    } else if (key == "coerce") {
      options.coerce = value.get<bool>();
    } else if (key == "max_depth") {
      options.max_depth = value.get<std::int64_t>();
    } else if (key == "max_changes") {
      options.max_changes = value.get<std::int64_t>();
    } else if (key == "multiple") {
      multiple = value.get<std::string>();
    } else {
      REQUIRE(key == "non_finite");
      finite = value.get<std::string>();
    }
  }
  return options;
}

Json of(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

Json plain(const RepairResult& result, const Exact& text) {
  const std::string_view input = text.view();
  Json changes = Json::array();
  for (const Change& change : result.changes) {
    changes.push_back({{"kind", name(change.kind)}, {"span", text.span(change.span)}});
  }
  return {{"text", result.json(input)},           {"ok", result.ok},
          {"changed", result.changed(input)},     {"changes", changes},
          {"change_count", result.change_count},  {"truncated", result.truncated},
          {"depth_limited", result.depth_limited}};
}

Json mended(const Exact& input, const Json& given) {
  std::string multiple = "array", finite = "null";
  RepairOptions options = options_of(given, multiple, finite);
  const auto several = repair_multiple(multiple);
  if (!several.ok()) return of(several.error());
  const auto numbers = non_finite(finite);
  if (!numbers.ok()) return of(numbers.error());
  options.multiple = several.value();
  options.non_finite = numbers.value();
  const auto result = repair_json(input.view(), options);
  if (!result.ok()) return of(result.error());
  return {{"value", plain(result.value(), input)}};
}

}  // namespace

TEST_CASE("repair_json agrees with its vectors") {
  for (const auto& test : load_vectors("json_repair")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact input(test.at("given").at("input").get<std::string>());
      CHECK(mended(input, test.at("given").at("options")) == test.at("expect"));
    }
  }
}

TEST_CASE("is_valid_json and json_type agree with their vectors") {
  for (const auto& test : load_vectors("json_scan")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact text(test.at("given").at("s").get<std::string>());
      const auto type = json_type(text.view());
      const Json got = {{"valid", is_valid_json(text.view())}, {"type", type ? Json(name(*type)) : Json()}};
      CHECK(got == test.at("expect").at("value"));
    }
  }
}

TEST_CASE("JsonStream agrees with its vectors") {
  for (const auto& test : load_vectors("json_stream")) {
    DYNAMIC_SECTION(test["id"]) {
      std::string multiple = "array", finite = "null";
      RepairOptions options = options_of(test.at("given").at("options"), multiple, finite);
      options.non_finite = std::move(non_finite(finite)).value();
      auto made = JsonStream::create(options);
      if (!made.ok()) {
        CHECK(of(made.error()) == test.at("expect"));
        continue;
      }
      JsonStream stream = std::move(made).value();
      Json steps = Json::array();
      for (const Json& chunk : test.at("given").at("chunks")) {
        CHECK_FALSE(stream.feed(chunk.get<std::string>()).has_value());
        steps.push_back({stream.snapshot(), stream.path(), stream.complete()});
      }
      const auto result = stream.finish();
      REQUIRE(result.ok());
      const Json got = {
          {"steps", steps}, {"text", result.value().json(stream.text())}, {"changes", result.value().change_count}};
      CHECK(got == test.at("expect").at("value"));
      CHECK(stream.finish().error().code == ErrorCode::stream_finished);
      CHECK(stream.feed("").value().code == ErrorCode::stream_finished);
    }
  }
}

TEST_CASE("Ill-formed UTF-8 becomes U+FFFD, and spans stay those of the input") {
  const Exact input(std::string("[\"\xE2\x82z\xFF\", a]"));
  const auto result = repair_json(input.view());
  REQUIRE(result.ok());
  CHECK(result.value().text == "[\"\xEF\xBF\xBDz\xEF\xBF\xBD\", \"a\"]");
  REQUIRE(result.value().changes.size() == 3);
  CHECK(result.value().changes[0].span == Span{2, 4});
  CHECK(result.value().changes[1].span == Span{5, 6});
  CHECK(result.value().changes[2].span == Span{9, 10});
  for (const std::string bad :
       {"\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xF0\x9F\x98\"", "\"\x80\"", "\"\xE2\x82"}) {
    CHECK_FALSE(is_valid_json(Exact(bad).view()));
  }
}

TEST_CASE("A stream may be cut within a code point") {
  const std::string text = "{\"a\": [\"\xF0\x9F\x98\x80\", 'x\xC3\xA9'], b: 1";
  auto stream = JsonStream::create().value();
  for (std::size_t end = 0; end < text.size(); ++end) {
    REQUIRE_FALSE(stream.feed(text.substr(end, 1)).has_value());
    RepairOptions options;
    options.partial = true;
    const std::string_view known =
        std::string_view(text).substr(0, end + 1 - unfinished_utf8(std::string_view(text).substr(0, end + 1)));
    CHECK(stream.snapshot() == repair_json(known, options).value().json(known));
  }
  CHECK(stream.finish().value().text == "{\"a\": [\"\xF0\x9F\x98\x80\", \"x\xC3\xA9\"], \"b\": 1}");
}

TEST_CASE("scan_json_value reads one value, wherever it stands") {
  const Exact text(std::string("see {\"a\": [1, \"}\"]} and [2"));
  const JsonScan object = scan_json_value(text.view(), 4);
  CHECK(object.ok);
  CHECK(object.end == 19);
  CHECK_FALSE(scan_json_value(text.view(), 24).ok);
  CHECK(scan_json_value(text.view(), 24).end == 26);
  CHECK(repair_json_value(text.view(), 24).text == "[2]");
  CHECK_FALSE(repair_json_value(text.view(), 24).closed);
}

}  // namespace paritas::tests
