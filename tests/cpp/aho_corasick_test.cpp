#include "paritas/match/aho_corasick.hpp"

#include "aho_corasick_brute.hpp"
#include "exact.hpp"
#include "paritas/match/match_stream.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

AhoCorasick built(const std::vector<std::string>& patterns, const AhoCorasickOptions& options = {},
                  MatchEngine engine = MatchEngine::automatic) {
  const std::vector<std::string_view> views(patterns.begin(), patterns.end());
  auto result = AhoCorasick::build(views, options, engine);
  REQUIRE(result.ok());
  return std::move(result).value();
}

std::string shown(const std::vector<PatternMatch>& matches) {
  std::string out;
  for (const PatternMatch& m : matches) {
    out += "(" + std::to_string(m.pattern) + "," + std::to_string(m.start) + "," + std::to_string(m.end) + ")";
  }
  return out;
}

AhoCorasickOptions options_of(const Json& given) {
  AhoCorasickOptions options;
  options.match_kind = match_kind_of(given.at("match_kind").get<std::string>()).value();
  const Json& folding = given.at("case_insensitive");
  if (folding.is_string()) {
    options.case_insensitive = case_folding_of(folding.get<std::string>()).value();
  } else if (folding.get<bool>()) {
    options.case_insensitive = CaseFolding::ascii;
  }
  options.whole_words = given.at("whole_words").get<bool>();
  return options;
}

Json spans(const std::vector<PatternMatch>& matches, const Exact& text) {
  return Exact::list(matches, [&](const PatternMatch& m) {
    return Json::array({m.pattern, text.span({m.start, m.end})});
  });
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    for (const int shift : {4, 0}) out.push_back("0123456789abcdef"[static_cast<unsigned char>(byte) >> shift & 15]);
  }
  return out;
}

Json all_of(const AhoCorasick& patterns, const Exact& text) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < patterns.pattern_count(); ++i) names.push_back("<" + std::to_string(i) + ">");
  const auto replaced = patterns.replace_all(text.view(), std::vector<std::string_view>(names.begin(), names.end()));
  return {{"find_all", spans(patterns.find_all(text.view()), text)},
          {"count_by_pattern", patterns.count_by_pattern(text.view())},
          {"matched_patterns", patterns.matched_patterns(text.view())},
          {"replace_all", replaced.ok() ? Json(replaced.value()) : Json()},
          {"to_bytes", hex(patterns.to_bytes())}};
}

}  // namespace

TEST_CASE("AhoCorasick agrees with its vectors") {
  for (const auto& test : load_vectors("aho_corasick")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const auto strings = given.at("patterns").get<std::vector<std::string>>();
      const std::vector<std::string_view> views(strings.begin(), strings.end());
      const auto kind = match_kind_of(given.at("match_kind").get<std::string>());
      const Json& folding = given.at("case_insensitive");
      const auto fold = case_folding_of(folding.is_string() ? folding.get<std::string>() : "ascii");
      if (!kind.ok() || !fold.ok()) {
        CHECK((kind.ok() ? outcome(Result<int>(fold.error())) : outcome(Result<int>(kind.error()))) ==
              test.at("expect"));
        continue;
      }
      const auto patterns = AhoCorasick::build(views, options_of(given));
      if (!patterns.ok()) {
        CHECK(outcome(Result<int>(patterns.error())) == test.at("expect"));
        continue;
      }
      CHECK(Json({{"value", all_of(patterns.value(), Exact(given.at("text")))}}) == test.at("expect"));
    }
  }
}

TEST_CASE("MatchStream agrees with its vectors") {
  for (const auto& test : load_vectors("aho_corasick_stream")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const AhoCorasick patterns = built(given.at("patterns").get<std::vector<std::string>>(), options_of(given));
      std::string whole;
      for (const Json& chunk : given.at("chunks")) whole += chunk.get<std::string>();
      const Exact text(whole);
      MatchStream stream = patterns.stream();
      Json lists = Json::array();
      std::vector<std::string> texts;
      std::vector<PatternMatch> found;
      const auto take = [&](const std::vector<PatternMatch>& matches) {
        lists.push_back(spans(matches, text));
        found.insert(found.end(), matches.begin(), matches.end());
      };
      for (const Json& chunk : given.at("chunks")) take(stream.feed(chunk.get<std::string>(), &texts).value());
      take(stream.finish(&texts).value());
      CHECK(Json({{"value", lists}}) == test.at("expect"));
      for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(texts[i] == whole.substr(found[i].start, found[i].end - found[i].start));
      }
    }
  }
}

TEST_CASE("every engine finds what the definition says") {
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    Random random(seed);
    const Brute::Case drawn = Brute::random_case(random);
    const Exact text(drawn.text);
    const std::string expected = shown(Brute::find(drawn.patterns, drawn.text, drawn.options));
    std::vector<bool> occurs(drawn.patterns.size());
    std::vector<PatternMatch> all = Brute::all(drawn.patterns, drawn.text, drawn.options);
    for (const PatternMatch& m : all) occurs[m.pattern] = true;
    for (const MatchEngine engine : {MatchEngine::prefilter, MatchEngine::dense, MatchEngine::contiguous}) {
      const AhoCorasick patterns = built(drawn.patterns, drawn.options, engine);
      INFO(seed << " " << patterns.engine() << " " << drawn.text);
      const auto found = patterns.find_all(text.view());
      REQUIRE(shown(found) == expected);
      const OffsetMap offsets(text.view());
      const auto points = patterns.find_all(text.view(), OffsetUnit::codepoint);
      const auto units = patterns.find_all(text.view(), OffsetUnit::utf16);
      for (std::size_t i = 0; i < found.size(); ++i) {
        REQUIRE(points.at(i).start == offsets.codepoint(found[i].start));
        REQUIRE(points[i].end == offsets.codepoint(found[i].end));
        REQUIRE(units.at(i).start == offsets.utf16(found[i].start));
        REQUIRE(units[i].end == offsets.utf16(found[i].end));
      }
      REQUIRE(patterns.count(text.view()) == found.size());
      REQUIRE(patterns.contains(text.view()) == !found.empty());
      PatternMatch first;
      REQUIRE(patterns.find_first(text.view(), first) == !found.empty());
      if (!found.empty()) REQUIRE(first == found[0]);
      std::vector<bool> matched(drawn.patterns.size());
      for (const std::uint32_t p : patterns.matched_patterns(text.view())) matched[p] = true;
      REQUIRE(matched == occurs);
      std::vector<PatternMatch> visited;
      patterns.each_overlapping(text.view(), [&](std::uint32_t pattern, std::size_t start, std::size_t end) {
        visited.push_back({pattern, start, end});
        return true;
      });
      std::sort(visited.begin(), visited.end(), [](const PatternMatch& a, const PatternMatch& b) {
        return std::tie(a.end, a.start, a.pattern) < std::tie(b.end, b.start, b.pattern);
      });
      REQUIRE(shown(visited) == shown(all));
    }
  }
}

TEST_CASE("a stream finds the same, however it is cut, in every unit") {
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    Random random(seed);
    Brute::Case drawn = Brute::random_case(random);
    if (seed % 16 == 0) {  // long enough for the window to move
      for (int i = 0; i < 6; ++i) drawn.text += drawn.text;
    }
    const AhoCorasick patterns = built(drawn.patterns, drawn.options);
    const auto unit = static_cast<OffsetUnit>(random.below(3));
    const std::string expected = shown(patterns.find_all(drawn.text, unit));
    for (const std::uint64_t most : {1, 2, 5, 200}) {
      MatchStream stream = patterns.stream(unit);
      std::vector<PatternMatch> found;
      std::vector<std::string> texts;
      const auto take = [&](Result<std::vector<PatternMatch>> result) {
        REQUIRE(result.ok());
        found.insert(found.end(), result.value().begin(), result.value().end());
      };
      for (std::size_t at = 0; at < drawn.text.size();) {
        const std::size_t size = std::min<std::size_t>(drawn.text.size() - at, 1 + random.below(most));
        take(stream.feed(Exact(drawn.text.substr(at, size)).view(), &texts));
        at += size;
      }
      take(stream.finish(&texts));
      INFO(seed << " " << most << " " << drawn.text);
      REQUIRE(shown(found) == expected);
      if (unit == OffsetUnit::byte) {
        for (std::size_t i = 0; i < found.size(); ++i) {
          REQUIRE(texts.at(i) == drawn.text.substr(found[i].start, found[i].end - found[i].start));
        }
      }
      REQUIRE(stream.feed("a").error().code == ErrorCode::stream_finished);
      REQUIRE(stream.finish().error().code == ErrorCode::stream_finished);
      stream.reset();
      REQUIRE(stream.feed("a").ok());
    }
  }
}

TEST_CASE("a stream tells a match as soon as nothing can change it") {
  const AhoCorasick patterns = built({"secret", "secretary of state", "state"});
  MatchStream stream = patterns.stream();
  CHECK(shown(stream.feed("my secret").value()).empty());  // may become the longer one
  CHECK(shown(stream.feed(" ").value()) == "(0,3,9)");
  CHECK(shown(stream.feed("secretary of s").value()).empty());
  CHECK(shown(stream.feed("x state").value()) == "(0,10,16)(2,26,31)");
  AhoCorasickOptions options;
  options.match_kind = MatchKind::overlapping;
  const AhoCorasick all = built({"a", "ab"}, options);
  MatchStream each = all.stream();
  CHECK(shown(each.feed("a").value()) == "(0,0,1)");
  CHECK(shown(each.feed("b").value()) == "(1,0,2)");
}

TEST_CASE("nothing takes more than linear time") {
  std::vector<std::string> nested;
  for (std::size_t i = 1; i <= 1000; ++i) nested.push_back(std::string(i, 'a'));
  nested.push_back(std::string(5000, 'a') + "b");
  const std::string text(1'000'000, 'a');
  for (int kind = 0; kind < 3; ++kind) {
    for (const bool whole_words : {false, true}) {
      AhoCorasickOptions options;
      options.match_kind = static_cast<MatchKind>(kind);
      options.whole_words = whole_words;
      const AhoCorasick patterns = built(nested, options);
      const std::size_t count = patterns.count(text);
      CHECK(count == (whole_words ? 0u : kind == 2 ? 1000u : 1'000'000u));
      CHECK(patterns.matched_patterns(text).size() == (whole_words ? 0u : 1000u));
      MatchStream stream = patterns.stream();
      std::size_t streamed = 0;
      for (std::size_t at = 0; at < 100'000; at += 10) streamed += stream.feed(text.substr(at, 10)).value().size();
      CHECK(streamed + stream.finish().value().size() == count / 10);
    }
  }
}

TEST_CASE("saved bytes give the same object, and damaged ones an error") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    Random random(seed);
    const Brute::Case drawn = Brute::random_case(random);
    const AhoCorasick patterns = built(drawn.patterns, drawn.options);
    std::string bytes = patterns.to_bytes();
    const auto loaded = AhoCorasick::from_bytes(Exact(bytes).view());
    REQUIRE(loaded.ok());
    REQUIRE(loaded.value().to_bytes() == bytes);
    REQUIRE(shown(loaded.value().find_all(drawn.text)) == shown(patterns.find_all(drawn.text)));
    const std::size_t at = random.below(bytes.size());
    const auto cut = AhoCorasick::from_bytes(Exact(bytes.substr(0, at)).view());
    REQUIRE(cut.error().code == ErrorCode::corrupt_data);
    bytes[at] = static_cast<char>(bytes[at] ^ (1 + static_cast<int>(random.below(255))));
    const auto damaged = AhoCorasick::from_bytes(Exact(bytes).view());
    REQUIRE(damaged.error().code == ErrorCode::corrupt_data);
  }
}

}  // namespace paritas::tests
