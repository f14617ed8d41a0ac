#include "paritas/stream/thinking_detector.hpp"

#include "exact.hpp"

namespace paritas::tests {
namespace {

Result<Json> driven(const Json& given) {
  ThinkingOptions options;
  const Json fields = given.value("options", Json::object());
  options.repetition_threshold = fields.value("repetition_threshold", options.repetition_threshold);
  options.similarity_threshold = fields.value("similarity_threshold", options.similarity_threshold);
  options.window_size = fields.value("window_size", options.window_size);
  options.stalling_threshold = fields.value("stalling_threshold", options.stalling_threshold);
  auto made = ThinkingDetector::create(options);
  if (!made.ok()) return made.error();
  ThinkingDetector detector = std::move(made).value();
  Json analyses = Json::array();
  for (const Json& content : given.at("contents")) {
    const Exact text(content);
    const PatternAnalysis found = detector.analyze(text.view());
    analyses.push_back({{"is_loop", found.is_loop()},
                        {"loop_type", name(found.loop_type)},
                        {"similarity_score", found.similarity_score},
                        {"matching_patterns", found.matching_patterns},
                        {"guidance", found.guidance},
                        {"category", name(found.category)}});
  }
  const ThinkingStats s = detector.stats();
  return Json{{"analyses", analyses},
              {"stats",
               {{"total_analyzed", s.total_analyzed},
                {"loops_detected", s.loops_detected},
                {"exact_matches", s.exact_matches},
                {"similar_matches", s.similar_matches},
                {"stalling_detected", s.stalling_detected},
                {"consecutive_stalls", s.consecutive_stalls},
                {"detection_rate", s.detection_rate},
                {"history_size", s.history_size},
                {"unique_patterns", s.unique_patterns}}}};
}

}  // namespace

TEST_CASE("the thinking detector agrees with its vectors") {
  for (const auto& test : load_vectors("thinking_detector")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(outcome(driven(test.at("given"))) == test.at("expect")); }
  }
}

TEST_CASE("circular phrases agree with their vectors") {
  for (const auto& test : load_vectors("thinking_detector_phrases")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact text(test.at("given").at("text"));
      const auto found = find_circular_patterns(text.view());
      const Json value = Exact::list(found, [&](const Span& span) {
        return Json{{"span", text.span(span)}, {"text", std::string(span.of(text.view()))}};
      });
      CHECK(value == test.at("expect").at("value"));
      CHECK(count_circular_patterns(text.view()) == found.size());
      CHECK(detect_circular_phrases(text.view()) == !found.empty());
    }
  }
}

TEST_CASE("ill-formed bytes are no words") {
  CHECK(count_circular_patterns("\xFFlet me read\xE2\x82") == 1);
  CHECK(count_circular_patterns("\xC3\xA9let me read") == 0);
  CHECK(std::move(ThinkingDetector::create()).value().analyze("\xFF\xFE").is_loop() == false);
}

}  // namespace paritas::tests
