#include "paritas/stream/repetition.hpp"

#include "exact.hpp"

namespace paritas::tests {
namespace {

std::string text_of(const Json& given) {
  std::string text;
  for (const Json& part : given.at("parts")) {
    for (int times = part[1]; times > 0; --times) text += part[0].get<std::string>();
  }
  return text;
}

RepetitionOptions options_of(const Json& given) {
  RepetitionOptions options;
  const Json fields = given.value("options", Json::object());
  options.max_period = fields.value("max_period", options.max_period);
  options.min_repeats = fields.value("min_repeats", options.min_repeats);
  options.min_covered = fields.value("min_covered", options.min_covered);
  options.window = fields.value("window", options.window);
  options.novelty_n = fields.value("novelty_n", options.novelty_n);
  options.novelty_window = fields.value("novelty_window", options.novelty_window);
  if (fields.contains("novelty_min")) options.novelty_min = number(fields.at("novelty_min"));
  return options;
}

Json span(const TextLength& start, const TextLength& length) {
  return {{"utf8", {start.bytes, start.bytes + length.bytes}},
          {"codepoint", {start.code_points, start.code_points + length.code_points}},
          {"utf16", {start.units, start.units + length.units}}};
}

Json shaped(const RepetitionReport& report) {
  return {{"kind", name(report.kind)},
          {"read", span({}, report.position)},
          {"where", span(report.start, report.covered)},
          {"period", span(report.start, report.period)},
          {"repeats", report.repeats},
          {"unit", report.unit},
          {"novelty", report.novelty}};
}

RepetitionReport streamed(const RepetitionOptions& options, std::string_view text, std::size_t step,
                          std::size_t first) {
  RepetitionDetector detector = std::move(RepetitionDetector::create(options)).value();
  REQUIRE(detector.feed(text.substr(0, first)).ok());
  for (std::size_t at = first; at < text.size(); at += step) REQUIRE(detector.feed(text.substr(at, step)).ok());
  return detector.finish().value();
}

}  // namespace

TEST_CASE("repetitions agree with their vectors, wherever a byte is cut") {
  for (const auto& test : load_vectors("repetition")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const RepetitionOptions options = options_of(given);
      const auto made = RepetitionDetector::create(options);
      if (!made.ok()) {
        CHECK(Json{{"error", {{"code", name(made.error().code)}, {"offset", 0}}}} == test.at("expect"));
        continue;
      }
      const Exact text(text_of(given));
      const Json whole = shaped(streamed(options, text.view(), 1 << 20, 0));
      Json value{{"stream", whole}};
      if (!given.contains("options")) value["whole"] = shaped(detect_repetition(text.view()));
      CHECK(value == test.at("expect").at("value"));
      CHECK(shaped(streamed(options, text.view(), 1, 0)) == whole);
      const std::size_t most = text.view().size() < 300 ? text.view().size() : 300;
      for (std::size_t cut = 0; cut < most; ++cut) CHECK(shaped(streamed(options, text.view(), 1 << 20, cut)) == whole);
    }
  }
}

TEST_CASE("ill-formed bytes count as U+FFFD and keep their lengths, however they are cut") {
  std::string text = "a";
  for (int i = 0; i < 40; ++i) text += "\xE2\x82x\xF0\x9F\xFFy";
  const RepetitionReport whole = detect_repetition(text);
  CHECK(whole.kind == RepetitionKind::period);
  CHECK(whole.period == TextLength{7, 5, 5});
  CHECK(whole.start.bytes + whole.covered.bytes == text.size());
  for (const std::size_t step : {1, 2, 3, 5}) {
    const RepetitionReport cut = streamed({}, text, step, 0);
    CHECK(cut.start == whole.start);
    CHECK(cut.unit == whole.unit);
  }
  RepetitionDetector detector = std::move(RepetitionDetector::create()).value();
  REQUIRE(detector.feed("\xF0\x9F").ok());
  CHECK(detector.report().position.code_points == 0);
  CHECK(detector.finish().value().position == TextLength{2, 1, 1});
}

TEST_CASE("a detector with the default options needs less than 64 KB") {
  const RepetitionDetector detector = std::move(RepetitionDetector::create()).value();
  CHECK(detector.memory_bytes() < 64000);
}

TEST_CASE("a stream ends once") {
  RepetitionDetector detector = std::move(RepetitionDetector::create()).value();
  REQUIRE(detector.finish().ok());
  REQUIRE_FALSE(detector.feed("a").ok());
  CHECK(detector.feed("a").error().code == ErrorCode::stream_finished);
  CHECK(detector.finish().error().code == ErrorCode::stream_finished);
  detector.reset();
  CHECK(detector.feed("a").ok());
}

}  // namespace paritas::tests
