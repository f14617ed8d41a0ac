#include "paritas/stream/thinking_filter.hpp"

#include <string>

#include "exact.hpp"
#include "paritas/base/random.hpp"

namespace paritas::tests {
namespace {

ThinkingFilterOptions options_of(const Json& given) {
  ThinkingFilterOptions out;
  const auto flag = [&](const char* key, bool& field) {
    if (given.contains(key)) field = given.at(key).get<bool>();
  };
  flag("suppress_thinking", out.suppress_thinking);
  flag("default_markers", out.default_markers);
  flag("start_in_thinking", out.start_in_thinking);
  flag("nesting", out.nesting);
  flag("respect_code", out.respect_code);
  flag("trim_after", out.trim_after);
  if (given.contains("max_thinking_content")) out.max_thinking_content = given["max_thinking_content"];
  if (given.contains("markers")) out.markers = given["markers"].get<std::vector<MarkerPair>>();
  return out;
}

Result<ThinkingFilter> made(const Json& given) {
  ThinkingFilterOptions options = options_of(given);
  if (given.contains("orphan_close")) {
    const auto orphans = orphan_close(given["orphan_close"].get<std::string>());
    if (!orphans.ok()) return orphans.error();
    options.orphan_close = orphans.value();
  }
  return ThinkingFilter::create(options);
}

/// All that a stream has given out, neighbours joined.
class Said {
 public:
  void add(const Result<FilterResult>& result) {
    REQUIRE(result.ok());
    bool first = true, before = false;
    for (const FilterSegment& segment : result.value().segments) {
      REQUIRE_FALSE(segment.text.empty());
      REQUIRE((first || segment.thinking != before));
      first = false;
      before = segment.thinking;
      const char* kind = segment.thinking ? "thinking" : "answer";
      if (segments.empty() || segments.back()[0] != kind) segments.push_back({kind, ""});
      segments.back()[1] = segments.back()[1].get<std::string>() + std::string(segment.text);
    }
  }
  Json segments = Json::array();
};

Json whole(const ThinkingFilter& filter, const Said& said) {
  const FilterStats stats = filter.stats();
  return {{"segments", said.segments},
          {"state", filter.in_thinking() ? "in_thinking" : "normal"},
          {"stats",
           {{"thoughts", stats.thoughts},
            {"orphan_closers", stats.orphan_closers},
            {"thinking_length", stats.thinking_length},
            {"thinking_dropped", stats.thinking_dropped},
            {"answer_length", stats.answer_length}}},
          {"abort_reason", filter.abort_reason() ? Json(*filter.abort_reason()) : Json()}};
}

/// The same stream in pieces of as many bytes as `size` says of each.
template <class Size>
Json cut(ThinkingFilter& filter, const std::string& text, Size size) {
  filter.reset();
  Said said;
  for (std::size_t at = 0; at < text.size();) {
    const Exact piece(text.substr(at, size()));
    said.add(filter.process_chunk(piece.view()));
    at += piece.view().size();
  }
  said.add(filter.finish());
  return whole(filter, said);
}

}  // namespace

TEST_CASE("StreamingFilter agrees with its vectors, however a stream is cut") {
  for (const auto& test : load_vectors("thinking_filter")) {
    DYNAMIC_SECTION(test["id"]) {
      auto filter = made(test.at("given"));
      if (!filter.ok()) {
        CHECK(outcome(Result<int>(filter.error())) == test.at("expect"));
        continue;
      }
      const auto text = test["given"].at("text").get<std::string>();
      ThinkingFilter stream = std::move(filter).value();
      const Json expected = test.at("expect").at("value");
      CHECK(cut(stream, text, [&] { return text.size(); }) == expected);
      for (std::size_t size = 1; size < 12; ++size) CHECK(cut(stream, text, [&] { return size; }) == expected);
      Random random(text.size());
      for (int i = 0; i < 20; ++i) CHECK(cut(stream, text, [&] { return random.below(9); }) == expected);
    }
  }
}

TEST_CASE("each step of a StreamingFilter agrees with its vectors") {
  for (const auto& test : load_vectors("thinking_filter_steps")) {
    DYNAMIC_SECTION(test["id"]) {
      auto filter = std::move(made(test.at("given"))).value();
      Json steps = Json::array();
      const auto add = [&](const Result<FilterResult>& result) {
        const FilterResult step = result.value();
        Json segments = Json::array();
        std::string parts[2], content;
        for (const FilterSegment& segment : step.segments) {
          segments.push_back({segment.thinking ? "thinking" : "answer", std::string(segment.text)});
          parts[segment.thinking ? 1 : 0] += segment.text;
          content += segment.text;
        }
        steps.push_back({{"segments", segments},
                         {"answer", parts[0]},
                         {"thinking", parts[1]},
                         {"content", content},
                         {"is_thinking", step.is_thinking},
                         {"state_changed", step.state_changed()},
                         {"entering_thinking", step.entering_thinking},
                         {"exiting_thinking", step.exiting_thinking},
                         {"should_abort", filter.should_abort()},
                         {"thinking_length", filter.stats().thinking_length}});
      };
      for (const Json& chunk : test["given"].at("chunks")) {
        const Exact piece(chunk);
        add(filter.process_chunk(piece.view()));
      }
      add(filter.finish());
      CHECK(Json{{"value", steps}} == test.at("expect"));
      CHECK(filter.process_chunk("x").error().code == ErrorCode::stream_finished);
      CHECK(filter.finish().error().code == ErrorCode::stream_finished);
      filter.reset();
      CHECK(filter.process_chunk("x").ok());
    }
  }
}

TEST_CASE("the functions of whole texts agree with their vectors") {
  for (const auto& test : load_vectors("thinking_filter_texts")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Exact text(given.at("text"));
      const auto orphans = given.contains("orphan_close") ? orphan_close(given["orphan_close"].get<std::string>(), true)
                                                          : Result<OrphanClose>(OrphanClose::thinking);
      if (!orphans.ok()) {
        CHECK(outcome(Result<int>(orphans.error())) == test.at("expect"));
        continue;
      }
      const ThinkingContent content = extract_thinking_content(text.view(), orphans.value());
      const Json tokens = Exact::list(find_thinking_tokens(text.view()), [&](const ThinkingMarker& marker) {
        return Json::array({text.span(marker.span), marker.id});
      });
      CHECK(Json{{"value",
                  {{"stripped", strip_thinking_tokens(text.view())},
                   {"removed", remove_thinking(text.view())},
                   {"contains", contains_thinking_tokens(text.view())},
                   {"tokens", tokens},
                   {"extracted", {content.main, content.thinking}}}}} == test.at("expect"));
    }
  }
}

TEST_CASE("ill-formed bytes come out as U+FFFD, however they are cut") {
  auto filter = std::move(ThinkingFilter::create()).value();
  const std::string text = "a\xE2\x97<think>\xFF\xF0\x9F\x98</think>\xED\xA0\x80 b\xE2\x96";
  const Json segments = Json::array({Json::array({"answer", "a\uFFFD"}), Json::array({"thinking", "\uFFFD\uFFFD"}),
                                     Json::array({"answer", "\uFFFD\uFFFD\uFFFD b\uFFFD"})});
  for (std::size_t size = 1; size <= text.size(); ++size) {
    CHECK(cut(filter, text, [&] { return size; }).at("segments") == segments);
  }
}

TEST_CASE("a piece without markers is not copied") {
  auto filter = std::move(ThinkingFilter::create()).value();
  const std::string text(100'000, 'a');
  const FilterResult result = filter.process_chunk(text).value();
  REQUIRE(result.segments.size() == 1);
  CHECK(result.segments[0].text.data() == text.data());
  CHECK(result.segments[0].text.size() == text.size());
}

TEST_CASE("no more than 192 code points are held back") {
  for (const std::string piece : {"<|start|>aaaaaaaaaaaaaaaa<|channel|>", "<think a='", "<", "[", "`<think>", "é<|c"}) {
    auto filter = std::move(ThinkingFilter::create()).value();
    std::size_t fed = 0, said = 0;
    for (int i = 0; i < 2000; ++i) {
      const std::string chunk = i < 40 ? piece : "é";
      fed += chunk.size();
      const auto result = filter.process_chunk(chunk);
      for (const FilterSegment& segment : result.value().segments) said += segment.text.size();
    }
    CHECK(fed - said <= 192 * 2 + 40 * 8);  // markers that acted are gone
  }
}

TEST_CASE("a filter is linear on texts of beginnings") {
  for (const std::string piece :
       {"<", "`", "<think>", "[", "```a<", "<think a=\"", "<|start|>a", "</think>", "~~~\n<", "`<think>`"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    auto filter = std::move(ThinkingFilter::create({.max_thinking_content = 0})).value();
    std::size_t said = 0;
    const auto add = [&](const Result<FilterResult>& result) {
      for (const FilterSegment& segment : result.value().segments) said += segment.text.size();
    };
    for (std::size_t at = 0; at < text.size(); at += 65536) add(filter.process_chunk(text.substr(at, 65536)));
    add(filter.finish());
    CHECK(said <= text.size());
    CHECK(find_thinking_tokens(text).size() <= text.size() / 7 + 1);
  }
}

}  // namespace paritas::tests
