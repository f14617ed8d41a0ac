#include "paritas/repair/dedup.hpp"

#include "exact.hpp"
#include "paritas/base/random.hpp"
#include "paritas/repair/normalize_block.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::tests {
namespace {

DedupOptions options_of(const Json& given, std::int64_t window) {
  DedupOptions options{.window_size = window};
  const Json fields = given.value("options", Json::object());
  options.window_size = fields.value("window_size", options.window_size);
  options.min_block_length = fields.value("min_block_length", options.min_block_length);
  options.max_block = fields.value("max_block", options.max_block);
  options.code = fields.value("code", options.code);
  return options;
}

Json failed(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }
Json value(Json result) { return {{"value", std::move(result)}}; }
Json maybe(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json counts(const DedupStats& stats) {
  return {{"total_blocks", stats.total_blocks},
          {"duplicates_removed", stats.duplicates_removed},
          {"bytes_saved", stats.bytes_saved},
          {"unique_count", stats.unique_count},
          {"dedup_ratio", stats.dedup_ratio()}};
}

Json shaped(const std::vector<TextBlock>& blocks, std::string_view text, bool duplicates) {
  Json out = Json::array();
  const OffsetMap offsets(text);
  for (const TextBlock& block : blocks) {
    if (!duplicates) {
      out.push_back({block.hash, block.span.of(text), block.is_duplicate()});
      continue;
    }
    const Span points = offsets.codepoints(block.span), units = offsets.utf16_units(block.span);
    out.push_back({{"block_index", block.index},
                   {"hash", block.hash},
                   {"span",
                    {{"utf8", {block.span.start, block.span.end}},
                     {"codepoint", {points.start, points.end}},
                     {"utf16", {units.start, units.end}}}},
                   {"first_index", block.first_index}});
  }
  return out;
}

Json blocks_of(const Json& given, bool duplicates) {
  const Exact text(given.at("content").get<std::string>());
  const std::int64_t least = given.value("options", Json::object()).value("min_block_length", kMinBlockLength);
  const auto found = duplicates ? find_duplicate_blocks(text.view(), least) : rolling_hash_blocks(text.view(), least);
  return found.ok() ? value(shaped(found.value(), text.view(), duplicates)) : failed(found.error());
}

Json streamed(const Json& given) {
  auto made = StreamingDeduplicator::create(options_of(given, kStreamWindow));
  if (!made.ok()) return failed(made.error());
  StreamingDeduplicator stream = std::move(made).value();
  Json outputs = Json::array();
  for (const Json& chunk : given.at("chunks")) {
    const Exact piece(chunk.get<std::string>());
    outputs.push_back(maybe(stream.add_chunk(piece.view()).value()));
  }
  const std::string end = stream.flush().value();
  return value({{"outputs", outputs}, {"end", end}, {"stats", counts(stream.stats())}});
}

Json outputs_of(const Json& given) {
  const Json fields = given.value("options", Json::object());
  auto made = OutputDeduplicator::create(fields.value("min_block_length", kMinBlockLength),
                                         fields.value("normalize_whitespace", true));
  if (!made.ok()) return failed(made.error());
  OutputDeduplicator own = std::move(made).value();
  Json outputs = Json::array();
  for (const Json& output : given.at("outputs")) outputs.push_back(own.process(output.get<std::string>()));
  return value({{"outputs", outputs}, {"removed", own.stats().duplicates_removed}, {"stats", counts(own.stats())}});
}

std::string in_pieces(std::string_view text, const DedupOptions& options, std::size_t first, std::size_t step) {
  StreamingDeduplicator stream = std::move(StreamingDeduplicator::create(options)).value();
  std::string out;
  for (std::size_t at = 0, next = first; at < text.size(); at = next, next = at + step) {
    const Exact piece(std::string(text.substr(at, next - at)));
    out += stream.add_chunk(piece.view()).value().value_or("");
  }
  return out + stream.flush().value();
}

Json whole_of(const Json& given) {
  const Exact text(given.at("text").get<std::string>());
  const DedupOptions options = options_of(given, 0);
  const auto found = deduplicate(text.view(), options);
  if (!found.ok()) return failed(found.error());
  for (std::size_t cut = 1; cut < text.view().size() && cut < 300; ++cut) {
    CHECK(in_pieces(text.view(), options, cut, 1 << 20) == found.value());
  }
  CHECK(in_pieces(text.view(), options, 1, 1) == found.value());
  return value(found.value());
}

}  // namespace

TEST_CASE("duplicates agree with their vectors, wherever a byte is cut") {
  for (const auto& test : load_vectors("dedup")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const std::string call = given.at("call");
      const Json result = call == "normalize_block" ? value(normalize_block(given.at("block").get<std::string>()))
                          : call == "deduplicate"   ? whole_of(given)
                          : call == "StreamingDeduplicator" ? streamed(given)
                          : call == "OutputDeduplicator"    ? outputs_of(given)
                                                            : blocks_of(given, call == "find_duplicate_blocks");
      CHECK(result.dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("random texts come out the same, cut anywhere, and whole where blocks are told apart") {
  constexpr std::string_view kPieces[] = {"ab\n\n",  "ab\n\n", "\n\nab.", "ab",   "Ab.",      "\n\n",
                                          "\n",      "\r\n",   "\r",      "```",  "``",       "~~~",
                                          "\n```\n", "  ",     "\t",      "\xC3", "\xE2\x82", "\xC3\xA9"};
  Random random(7);
  std::size_t removed = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text, told;
    for (std::uint64_t count = random.below(20); count > 0; --count) {
      const std::string_view piece = kPieces[random.below(std::size(kPieces))];
      text += piece;
      told += piece;
      if (piece.front() == 'a' || piece.front() == '~') told += std::to_string(count);
    }
    const DedupOptions options{static_cast<std::int64_t>(random.below(3)), static_cast<std::int64_t>(random.below(3)),
                               static_cast<std::int64_t>(1 + random.below(9)), random.below(4) > 0};
    const std::string whole = deduplicate(text, options).value();
    CAPTURE(text, options.window_size, options.min_block_length, options.max_block, options.code);
    REQUIRE(in_pieces(text, options, 1, 1) == whole);
    REQUIRE(in_pieces(text, options, 1 + random.below(9), 1 + random.below(9)) == whole);
    removed += whole.size() < text.size() ? 1 : 0;
    std::string joined;
    const auto parts = unique_parts(text, options);
    for (const Span& part : parts.value()) joined += part.of(text);
    REQUIRE(joined == whole);
    const auto blocks = rolling_hash_blocks(told, 0);
    bool apart = true;
    for (const TextBlock& block : blocks.value()) apart = apart && !block.is_duplicate();
    if (apart) REQUIRE(deduplicate(told, {.min_block_length = 0}).value() == told);
  }
  CHECK(removed > 100);
}

TEST_CASE("normal forms of all lengths agree with the plain one") {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    const std::string spaced = "x" + text + "x";
    std::string plain;
    for (const char ch : spaced) {
      const bool space = ch == ' ' || ch == '\n';
      if (space && plain.back() == ' ') continue;
      plain += space ? ' ' : ch >= 'A' && ch <= 'Z' ? static_cast<char>(ch + 32) : ch;
    }
    const Exact exact(spaced);
    CHECK(normalize_block(exact.view()) == plain);
    text += i % 71 == 70  ? "  "
            : i % 7 == 6  ? " "
            : i % 11 == 5 ? "\n"
                          : std::string(1, static_cast<char>('A' + i % 58));
  }
}

TEST_CASE("a stream of one endless line, blank or not, is passed on") {
  for (const std::string_view piece : {"a", " ", "`", "\xE6\xBC\xA2", "~~~~"}) {
    StreamingDeduplicator stream = std::move(StreamingDeduplicator::create({.max_block = 100})).value();
    std::string out;
    std::size_t given = 0;
    for (int i = 0; i < 2000; ++i) {
      given += piece.size();
      out += stream.add_chunk(piece).value().value_or("");
      REQUIRE(given - out.size() <= 410);
    }
    CHECK((out + stream.flush().value()).size() == given);
  }
}

}  // namespace paritas::tests
