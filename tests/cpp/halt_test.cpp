#include "paritas/stream/halt.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <optional>

#include "paritas/stream/session.hpp"
#include "paritas/stream/trend.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

HaltNumbers numbers_of(const Json& fields) {
  HaltNumbers numbers = halt_numbers({});
  for (const auto& [key, value] : fields.items()) {
    std::size_t i = 0;
    while (i < kHaltFields && halt_fields()[i].name != key) ++i;
    REQUIRE(i < kHaltFields);
    if (value.is_string()) {  // a choice: its place, or one that there is not
      const std::string wanted = std::string("|").append(value.get<std::string>()).append("|");
      const std::string choices = std::string("|").append(halt_fields()[i].choices).append("|");
      const std::size_t at = choices.find(wanted);
      numbers[i] = at == std::string::npos ? -1.0 : 0.0;
      for (std::size_t j = 1; at != std::string::npos && j <= at; ++j) numbers[i] += choices[j] == '|' ? 1.0 : 0.0;
    } else {
      numbers[i] = value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : number(value);
    }
  }
  return numbers;
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    for (const int shift : {4, 0}) out += "0123456789abcdef"[static_cast<unsigned char>(byte) >> shift & 15];
  }
  return out;
}

Json plain(double value) { return outcome(value).at("value"); }

std::vector<std::string> tokens_of(const Json& given) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < given.at("scores").size(); ++i) {
    tokens.push_back(given.contains("tokens") ? given.at("tokens")[i].get<std::string>()
                                              : std::string("t").append(std::to_string(i)).append(" "));
  }
  return tokens;
}

/// A whole stream; with broken_at it is saved there and goes on in another monitor.
Json driven(const HaltConfig& config, const Json& given, std::optional<std::size_t> broken_at = {}) {
  HaltMonitor monitor = HaltMonitor::create(config).value();
  Json wants = Json::array(), scores = Json::array(), emits = Json::array();
  std::string output;
  HaltStep last;
  std::optional<HaltStep> ended;
  std::string tail;
  Json window = Json::array();
  double se = 0.0;
  const std::vector<std::string> tokens = tokens_of(given);
  const auto explain = [&](const HaltStep& step) {
    ended = step;
    tail = monitor.text_tail();
    se = monitor.trend_se();
    for (const double score : monitor.window()) window.push_back(score);
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i == broken_at) {
      const std::string data = monitor.save_state();
      monitor = HaltMonitor::create().value();
      REQUIRE(monitor.restore_state(data).ok());
    }
    wants.push_back(monitor.wants_score());
    const Json& score = given.at("scores")[i];
    std::optional<double> value, now;
    if (!score.is_null()) value = number(score);
    if (given.contains("times")) now = number(given.at("times")[i]);
    last = monitor.process_token(tokens[i], value, now);
    output += last.emit;
    emits.push_back(std::string(last.emit));
    scores.push_back(plain(last.score));
    if (last.halted) {
      explain(last);
      break;
    }
  }
  const std::string state = monitor.save_state();
  const HaltStep closing = monitor.finish();
  if (closing.recorded && (closing.halted || !closing.emit.empty())) {
    output += closing.emit;
    emits.push_back(std::string(closing.emit));
    if (closing.halted) explain(closing);
  }
  const HaltSummary s = monitor.summary();
  const bool any = !scores.empty();
  Json evidence;
  if (ended) {
    evidence = {{"trend_se", se},
                {"scores", window},
                {"text_tail", tail},
                {"token_span",
                 {{"utf8", {s.token_start.bytes, s.token_end.bytes}},
                  {"codepoint", {s.token_start.code_points, s.token_end.code_points}},
                  {"utf16", {s.token_start.units, s.token_end.units}}}},
                {"suggested_action", suggested_action(s.code)},
                {"last_score", plain(ended->score)}};
  }
  return {{"halt_index", s.halt_index},
          {"halt_reason", monitor.reason(s.code)},
          {"halt_code", name(s.code)},
          {"halted", s.halted},
          {"soft_halted", s.soft_halted},
          {"output", output},
          {"tokens", s.token_count},
          {"emits", emits},
          {"scores", scores},
          {"wants", wants},
          {"token_count", s.token_count},
          {"warning_count", s.warning_count},
          {"invalid_count", s.invalid_count},
          {"unchecked_count", s.unchecked_count},
          {"avg_coherence", s.avg_coherence},
          {"min_coherence", s.min_coherence},
          {"window_mean", any ? last.window_mean : 0.0},
          {"trend_drop", any ? last.trend_drop : 0.0},
          {"evidence", evidence},
          {"state", hex(state)}};
}

}  // namespace

TEST_CASE("the halt monitor agrees with its vectors") {
  for (const auto& test : load_vectors("halt")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const auto config = halt_config(numbers_of(given.at("config")));
      if (!config.ok()) {
        const Json error = {{"code", name(config.error().code)}, {"offset", config.error().offset}};
        CHECK(Json{{"error", error}}.dump() == test.at("expect").dump());
        continue;
      }
      const Json whole = driven(config.value(), given);
      CHECK(Json{{"value", whole}}.dump() == test.at("expect").dump());
      for (std::size_t at = 0; at < given.at("scores").size(); ++at) {
        Json broken = driven(config.value(), given, at);
        broken["evidence"] = whole["evidence"];  // its text tail is no part of a state
        CHECK(broken.dump() == whole.dump());
      }
    }
  }
}

TEST_CASE("a stream of the core gives the verdict of its monitor") {
  for (const auto& test : load_vectors("halt")) {
    const Json& given = test.at("given");
    const auto config = halt_config(numbers_of(given.at("config")));
    if (!config.ok() || given.contains("times")) continue;
    std::size_t at = 0;
    std::string emitted;
    const auto score = [&](std::string_view text, std::string_view token) {
      REQUIRE(text.substr(text.size() - token.size()) == token);
      const Json& next = given.at("scores")[at];
      return next.is_null() ? std::numeric_limits<double>::quiet_NaN() : number(next);
    };
    bool same = true;  // a stream that left out scores where they were wanted is another one
    const auto session = stream_tokens(config.value(), tokens_of(given), score, [&](const HaltStep& step) {
      same = same && (at >= given.at("scores").size() || step.scored || !given.at("scores")[at].is_number());
      emitted += step.emit;
      ++at;
    });
    INFO(test.at("id"));
    const Json& expect = test.at("expect").at("value");
    if (!same) continue;
    CHECK(session.value().summary.halt_index == expect.at("halt_index"));
    CHECK(session.value().output == expect.at("output"));
    CHECK(emitted == session.value().output);
    if (!given.at("scores").is_array() || expect.at("halt_code") == "invalid_score") continue;  // (nan) for (missing)
    CHECK(session.value().halt_reason == expect.at("halt_reason"));
    CHECK(session.value().tokens.size() == expect.at("tokens"));
  }
}

TEST_CASE("the monitor's drop is trend_drop, bit for bit") {
  std::uint64_t bits = 7;
  for (const std::int32_t window : {2, 3, 5, 8, 64, 1024}) {
    HaltMonitor monitor = HaltMonitor::create({.hard_limit = 0.0,
                                               .soft_limit = 0.0,
                                               .window_threshold = 0.0,
                                               .trend_window = window,
                                               .trend_threshold = 1e9})
                              .value();
    std::vector<double> scores;
    for (int i = 0; i < 2500; ++i) {
      bits = bits * 6364136223846793005u + 1442695040888963407u;
      scores.push_back(static_cast<double>(bits >> 11) * 0x1p-53);
      const HaltStep step = monitor.process_token("a", scores.back());
      const auto n = static_cast<std::size_t>(window);
      const double expected = scores.size() < n ? 0.0 : trend_drop(std::span(scores).last(n));
      REQUIRE(step.trend_drop == expected);
    }
  }
}

TEST_CASE("a stop from outside, a failure of the host, and a refused configuration") {
  HaltMonitor monitor = HaltMonitor::create().value();
  CHECK(monitor.process_token("a", 0.9).emit == "a");
  monitor.emergency_stop();
  CHECK(monitor.process_token("b", 0.9).code == HaltCode::kernel_inactive);
  monitor.reset();
  CHECK(monitor.is_active());
  const HaltStep failed = monitor.fail(HaltCode::callback_error, 0.0, "ValueError", "a");
  CHECK((failed.halted && failed.emit.empty() && monitor.reason(failed.code) == "callback_error (ValueError)"));
  monitor.reset();
  CHECK(monitor.reason(monitor.fail(HaltCode::callback_timeout, 0.5).code) == "callback_timeout (> 0.5 s)");
  const auto refused = HaltMonitor::create({.hard_limit = std::numeric_limits<double>::quiet_NaN()});
  CHECK(refused.error().message == "hard_limit must be a number from 0.0 to 1.0, not nan");
  CHECK(halt_refusal(12, 0.5, "'x'") == "on_invalid must be \"halt\", \"hold\" or \"abstain\", not 'x'");
}

TEST_CASE("every prefix and every changed byte of a state is refused") {
  HaltMonitor monitor = HaltMonitor::create({.release = Release::sentence}).value();
  for (int i = 0; i < 12; ++i) monitor.process_token("\xC3\xA9 ", 0.9);
  const std::string data = monitor.save_state();
  for (std::size_t size = 0; size < data.size(); ++size) {
    const std::vector<char> cut(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(size));
    REQUIRE(monitor.restore_state({cut.data(), cut.size()}).error().code == ErrorCode::corrupt_data);
    std::string damaged = data;
    damaged[size] = static_cast<char>(damaged[size] ^ 0x55);
    REQUIRE(monitor.restore_state(damaged).error().code == ErrorCode::corrupt_data);
  }
  CHECK(monitor.save_state() == data);
  CHECK(monitor.restore_state(data).ok());
}

}  // namespace paritas::tests
