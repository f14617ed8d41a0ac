#include "paritas/match/aho_corasick.hpp"

#include "aho_corasick_brute.hpp"
#include "exact.hpp"
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

}  // namespace

TEST_CASE("every engine finds what the definition says") {
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    Random random(seed);
    const Brute::Case drawn = Brute::random_case(random);
    const Exact text(drawn.text);
    const std::string expected = shown(Brute::find(drawn.patterns, drawn.text, drawn.options));
    std::vector<bool> occurs(drawn.patterns.size());
    std::vector<PatternMatch> all = Brute::all(drawn.patterns, drawn.text, drawn.options);
    for (const PatternMatch& m : all) occurs[m.pattern] = true;
    for (const MatchEngine engine : {MatchEngine::automatic, MatchEngine::dense, MatchEngine::contiguous}) {
      const AhoCorasick patterns = built(drawn.patterns, drawn.options, engine);
      INFO(seed << " " << patterns.engine() << " " << drawn.text);
      const auto found = patterns.find_all(text.view());
      REQUIRE(shown(found) == expected);
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

}  // namespace paritas::tests
