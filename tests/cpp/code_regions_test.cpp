#include "paritas/text/code_regions.hpp"

#include <string>

#include "exact.hpp"

namespace paritas::tests {
namespace {

Json regions_of(const Exact& text, bool with_inline) {
  return Exact::list(code_regions(text.view(), with_inline), [&](const CodeRegion& region) {
    return Json::array(
        {name(region.kind), text.span(region.span), std::string(region.info.of(text.view())), region.closed});
  });
}

/// How often a fence opens or closes, read by pieces of one size.
std::size_t changes(std::string_view text, std::size_t size) {
  FenceTracker tracker;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += size) {
    std::string_view piece = text.substr(at, size);
    if (piece.find_first_of("`~") == std::string_view::npos) {
      FenceTracker other = tracker;
      const std::size_t read = other.advance(piece);
      if (read == piece.size() && other.open() == tracker.open()) {
        tracker.feed_plain(piece);
        continue;
      }
    }
    while (!piece.empty()) {
      const bool before = tracker.open();
      piece.remove_prefix(tracker.advance(piece));
      count += before != tracker.open();
    }
  }
  return count;
}

}  // namespace

TEST_CASE("code_regions agrees with its vectors") {
  for (const auto& test : load_vectors("code_regions")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Exact text(given.at("text"));
      const bool with_inline = !given.contains("inline") || given["inline"].get<bool>();
      CHECK(Json{{"value", regions_of(text, with_inline)}} == test.at("expect"));
    }
  }
}

TEST_CASE("a tracker of fences does not see how its text is cut") {
  for (const auto& test : load_vectors("code_regions")) {
    const auto text = test.at("given").at("text").get<std::string>() + "\n";
    std::size_t expected = 0;
    for (const CodeRegion& region : code_regions(text, false)) expected += region.closed ? 2 : 1;
    INFO(text);
    for (std::size_t size = 1; size <= text.size(); ++size) CHECK(changes(text, size) == expected);
  }
}

TEST_CASE("code_regions is linear where runs do not close") {
  std::string lengths;
  for (std::size_t length = 1; lengths.size() < 1'000'000; ++length) lengths += std::string(length, '`') + " ";
  CHECK(code_regions(lengths).empty());
  CHECK(code_regions(std::string(1'000'000, '`')).size() == 1);
  std::string pairs;
  while (pairs.size() < 1'000'000) pairs += "` ``\n";
  CHECK(code_regions(pairs).size() == 133'333);
}

}  // namespace paritas::tests
