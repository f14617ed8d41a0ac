#include "paritas/match/registry.hpp"

#include <algorithm>

#include "match/regex_engine.hpp"
#include "match/regex_syntax.hpp"
#include "paritas/base/random.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

PatternDefinition definition_of(const Json& given) {
  PatternDefinition out;
  out.name = given.at("name");
  out.pattern = given.at("pattern");
  out.kind = given.value("kind", out.kind);
  out.category = given.value("category", out.category);
  out.severity = given.value("severity", out.severity);
  if (given.contains("keywords")) out.keywords = given["keywords"].get<std::vector<std::string>>();
  out.case_insensitive = given.value("case_insensitive", out.case_insensitive);
  out.whole_words = given.value("whole_words", out.whole_words);
  out.group = given.value("group", out.group);
  out.description = given.value("description", out.description);
  out.enabled = given.value("enabled", out.enabled);
  return out;
}

Json json_of(const PatternDefinition& definition) {
  return {{"name", definition.name},
          {"pattern", definition.pattern},
          {"kind", definition.kind},
          {"category", definition.category},
          {"severity", definition.severity},
          {"keywords", definition.keywords},
          {"case_insensitive", definition.case_insensitive},
          {"whole_words", definition.whole_words},
          {"group", definition.group},
          {"description", definition.description},
          {"enabled", definition.enabled}};
}

Json json_of(const std::vector<PatternHit>& hits) {
  Json out = Json::array();
  for (const PatternHit& hit : hits) {
    out.push_back({{"name", hit.pattern->name},
                   {"category", hit.pattern->category},
                   {"severity", hit.pattern->severity},
                   {"span", {hit.span.start, hit.span.end}},
                   {"line", hit.line}});
  }
  return out;
}

template <class T, class Convert>
Json settled(const Result<T>& result, Convert convert) {
  if (!result.ok()) return outcome(Result<bool>(result.error()));
  return {{"value", convert(result.value())}};
}

/// Spans of three units, in bytes.
Json in_bytes(Json value) {
  if (value.is_object() && value.size() == 3 && value.contains("utf8")) return value["utf8"];
  if (value.is_structured()) {
    for (Json& item : value) item = in_bytes(item);
  }
  return value;
}

PatternScan options_of(const Json& given, PatternScan out) {
  if (given.contains("categories")) out.categories = given["categories"].get<std::vector<std::string>>();
  if (given.contains("names")) out.names = given["names"].get<std::vector<std::string>>();
  out.min_severity = given.value("min_severity", out.min_severity);
  out.overlap = given.value("overlap", out.overlap);
  out.limit = given.value("limit", out.limit);
  return out;
}

Json counts(const std::vector<std::pair<std::string, std::size_t>>& items) {
  Json out = Json::object();
  for (const auto& [key, count] : items) out[key] = count;
  return out;
}

Json run(const Json& given) {
  PatternRegistry registry;
  std::vector<PatternDefinition> definitions;
  for (const Json& item : given.at("patterns")) definitions.push_back(definition_of(item));
  const auto added = registry.add_many(std::move(definitions));
  if (!added.ok()) return outcome(added);
  for (const Json& step : given.value("steps", Json::array())) {
    const std::string name = step[0];
    const std::string argument = step[1];
    Result<bool> done = true;
    if (name == "remove") done = registry.remove(argument);
    if (name == "set_enabled") done = registry.set_enabled(argument, step[2]);
    if (name == "add") done = registry.add(definition_of({{"name", argument}, {"pattern", step[2]}}));
    if (!done.ok()) return outcome(done);
  }
  const Json& call = given.at("call");
  const std::string name = call[0];
  const Json options = given.value("options", Json::object());
  const PatternScan scan = options_of(options, {});
  const auto same = [](const auto& value) { return Json(value); };
  if (name == "names") return {{"value", registry.names()}};
  if (name == "categories") return {{"value", registry.categories()}};
  if (name == "__len__") return {{"value", registry.size()}};
  if (name == "__contains__") return {{"value", registry.has(call[1].get<std::string>())}};
  if (name == "to_json") {  // bindings write JSON
    std::string text = "{\"patterns\":[";
    for (const auto& definition : registry.definitions()) {
      if (text.back() != '[') text += ',';
      nlohmann::ordered_json ordered;
      const Json known = json_of(*definition);
      for (const char* key : {"name", "pattern", "kind", "category", "severity", "keywords", "case_insensitive",
                              "whole_words", "group", "description", "enabled"}) {
        ordered[key] = known.at(key);
      }
      text += ordered.dump();
    }
    return {{"value", text + "]}"}};
  }
  if (name == "get") {
    return settled(registry.get(call[1].get<std::string>()), [](const auto& found) { return json_of(*found); });
  }
  if (name == "scan_batch") {
    const auto texts = call[1].get<std::vector<std::string>>();
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    return settled(registry.scan_batch(views, scan), [](const auto& all) {
      Json out = Json::array();
      for (const auto& hits : all) out.push_back(json_of(hits));
      return out;
    });
  }
  const std::string text = call[1];
  if (name == "scan") return settled(registry.scan(text, scan), [](const auto& hits) { return json_of(hits); });
  if (name == "contains") return settled(registry.contains(text, scan), same);
  if (name == "count") return settled(registry.count(text, scan), same);
  if (name == "summary") {
    return settled(registry.summary(text), [](const PatternSummary& summary) {
      return Json{{"total", summary.total},
                  {"by_name", counts(summary.by_name)},
                  {"by_category", counts(summary.by_category)},
                  {"by_severity", counts(summary.by_severity)}};
    });
  }
  REQUIRE(name == "replace");
  return settled(registry.replace(text, call[2].get<std::string>(), options_of(options, {.overlap = "longest"})), same);
}

/// The matches of an expression on the whole text, by RE2 alone.
std::vector<Span> whole_text(const std::string& pattern, std::string_view text) {
  const auto parsed = regex::parse(pattern, false);
  REQUIRE(parsed.ok());
  const std::string printed = regex::printed(parsed.value().root);
  const auto* engine = regex::engine_create(printed.data(), printed.size(), 1);
  REQUIRE(engine != nullptr);
  std::vector<Span> out;
  std::size_t bounds[4] = {0, 0, 0, 0};
  for (std::size_t from = 0; regex::engine_find(engine, text.data(), text.size(), from, text.size(), 0, bounds);) {
    out.push_back({bounds[0], bounds[1]});
    from = bounds[1];
  }
  regex::engine_delete(engine);
  return out;
}

std::vector<Span> spans(const PatternRegistry& registry, std::string_view text) {
  std::vector<Span> out;
  const auto hits = registry.scan(text);
  for (const PatternHit& hit : hits.value()) out.push_back(hit.span);
  return out;
}

PatternRegistry with_regex(const std::string& pattern) {
  PatternRegistry registry;
  const auto added = registry.add({.name = "p", .pattern = pattern, .kind = "regex"});
  INFO((added.ok() ? "" : added.error().message));
  REQUIRE(added.ok());
  return registry;
}

}  // namespace

TEST_CASE("PatternRegistry agrees with its vectors") {
  for (const char* stem : {"registry", "registry_random"}) {
    for (const auto& test : load_vectors(stem)) {
      DYNAMIC_SECTION(stem << " " << test["id"]) {
        CHECK(run(test.at("given")).dump() == in_bytes(test.at("expect")).dump());
      }
    }
  }
}

TEST_CASE("PatternRegistry::validate agrees with its vectors") {
  for (const auto& test : load_vectors("regex_syntax")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const std::string pattern = given.at("pattern");
      const PatternReport report = PatternRegistry::validate(pattern, given.value("kind", std::string("regex")));
      Json error;
      if (report.error) error = std::string(name(report.error->code)) + ": " + report.error->message;
      const Json value{{"ok", !report.error},
                       {"error", error},
                       {"offset", report.error ? report.error->offset : 0},
                       {"min_length", report.min_length},
                       {"max_length", report.max_length ? Json(*report.max_length) : Json()},
                       {"literals", report.literals},
                       {"prefiltered", report.prefiltered}};
      CHECK(value.dump() == test.at("expect").at("value").dump());
    }
  }
}

TEST_CASE("every expression that is read compiles, and is found around its literals as on the whole text") {
  const std::vector<std::string> parts{"KEY",
                                       "key",
                                       "(?:KEY|LOCK)",
                                       "[a-c]",
                                       "[^K]{0,9}",
                                       ".{1,4}",
                                       "x*",
                                       "(?:ab|a)?",
                                       "\\b",
                                       "^",
                                       "$",
                                       "\\d{1,2}",
                                       "K",
                                       "EYK",
                                       "LOCK+?",
                                       "(?:KEYa|KEY)",
                                       "\\W?",
                                       "[é日]",
                                       "(?:LOCK){1,3}",
                                       "\\B",
                                       "y{2,3}?"};
  const std::vector<std::string> pieces{"KEY", "LOCK", "K",  "E", "a",  "ab", "x",      "y",
                                        "yy",  "é",    "日", " ", "\n", "1",  "KEYKEY", "EYK"};
  Random random(7);
  std::size_t prefiltered = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string pattern = random.below(4) == 0 ? "(?m)" : "";
    for (std::uint64_t n = 1 + random.below(5); n > 0; --n) pattern += parts[random.below(parts.size())];
    const PatternReport report = PatternRegistry::validate(pattern);
    if (report.error) continue;
    prefiltered += report.prefiltered ? 1 : 0;
    std::string text;
    for (std::uint64_t n = random.below(60); n > 0; --n) text += pieces[random.below(pieces.size())];
    INFO(pattern << " in " << text);
    CHECK(spans(with_regex(pattern), text) == whole_text(pattern, text));
  }
  CHECK(prefiltered > 300);
}

TEST_CASE("ill-formed bytes count as U+FFFD and keep their place") {
  const PatternRegistry registry = with_regex("a.b|\\x{FFFD}+");
  using Spans = std::vector<Span>;
  CHECK(spans(registry,
              "a\xFF"
              "b a\xE2\x82"
              "b \xF0\x9F\x98") == Spans{{0, 3}, {4, 8}, {9, 12}});
  CHECK(spans(registry, "\xFF\xFF\xEF\xBF\xBD!") == Spans{{0, 5}});
  CHECK(registry
            .replace("\xFF"
                     "a\xFF"
                     "b\xC3",
                     "*")
            .value() ==
        "*"
        "*"
        "*");
  CHECK(spans(registry,
              "\xC3\xA9"
              "a\x80"
              "b\xC3\xA9") == Spans{{2, 5}});
}

TEST_CASE("a pattern of ill-formed bytes is one of U+FFFD") {
  PatternRegistry registry;
  REQUIRE(registry.add({.name = "\xFF", .pattern = "a\xFF"}).ok());
  CHECK(registry.names() == std::vector<std::string>{"\xEF\xBF\xBD"});
  CHECK(spans(registry, "a\xFE a\xEF\xBF\xBD") == std::vector<Span>{{0, 2}, {3, 7}});
}

}  // namespace paritas::tests
