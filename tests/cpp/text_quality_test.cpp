#include "paritas/ocr/text_quality.hpp"

#include "exact.hpp"
#include "vectors.hpp"

namespace paritas::tests {

namespace {

Json names(QualityRules rules) {
  Json out = Json::array();
  for (std::size_t i = 0; i < kQualityRules; ++i) {
    const auto rule = static_cast<QualityRule>(i);
    if (rules.has(rule)) out.push_back(name(rule));
  }
  return out;
}

Json as_json(const TextQuality& report, const Exact& text) {
  Json rules = Json::object();
  for (std::size_t i = 0; i < kQualityRules; ++i) {
    if (report.rule_tokens[i] > 0) rules[std::string(name(static_cast<QualityRule>(i)))] = report.rule_tokens[i];
  }
  return {{"quality", report.quality},
          {"tokens", report.tokens},
          {"garbage_tokens", report.garbage_tokens},
          {"rules", rules},
          {"spans", Exact::list(report.spans, [&](const GarbageSpan& item) {
             return Json{{"span", text.span(item.span)}, {"quality", item.quality}, {"rules", names(item.rules)}};
           })}};
}

}  // namespace

TEST_CASE("text_quality agrees with its vectors") {
  for (const auto& test : load_vectors("text_quality")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact text(test.at("given").at("text"));
      CHECK(outcome(text_quality(text.view())).dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("text_quality_batch agrees with its vectors") {
  for (const auto& test : load_vectors("text_quality_batch")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const auto texts = given.at("texts").get<std::vector<std::string>>();
      const std::vector<std::string_view> views(texts.begin(), texts.end());
      CHECK(outcome(text_quality_batch(views, given.value("threads", 0))).dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("text_quality_report agrees with its vectors") {
  for (const auto& test : load_vectors("text_quality_report")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Exact text(given.at("text"));
      const auto report = text_quality_report(text.view(), given.value("max_spans", kMaxGarbageSpans));
      const Json found = report.ok() ? Json{{"value", as_json(report.value(), text)}}
                                     : Json{{"error", {{"code", name(report.error().code)}, {"offset", 0}}}};
      CHECK(found == test.at("expect"));
    }
  }
}

TEST_CASE("text_quality_batch refuses negative threads") {
  const std::string_view texts[] = {"red"};
  CHECK(text_quality_batch(texts, -1).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("ill-formed bytes are judged as the U+FFFD they stand for") {
  CHECK(text_quality("fo\xFFod red") == text_quality("fo\xEF\xBF\xBDod red"));
  // Equal tokens are equal as code points, however each was written.
  CHECK(text_quality("a\xFF a\xFE a\xC3 a\xFD red") ==
        text_quality("a\xEF\xBF\xBD a\xEF\xBF\xBD a\xEF\xBF\xBD a\xEF\xBF\xBD red"));
}

}  // namespace paritas::tests
