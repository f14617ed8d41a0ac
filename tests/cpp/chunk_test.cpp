#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "exact.hpp"
#include "paritas/base/random.hpp"
#include "paritas/chunk/packed_chunkers.hpp"
#include "paritas/chunk/recursive.hpp"
#include "paritas/chunk/sizer.hpp"
#include "paritas/text/graphemes.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"

namespace paritas::tests {
namespace {

Result<Sizer> sizer_of(const Json& given, const char* unit) {
  return Sizer::named(given.contains("length") ? given["length"].get<std::string>() : unit);
}

template <class Options>
Result<std::unique_ptr<Chunker>> packed(const Json& given, const char* unit,
                                        Result<std::unique_ptr<Chunker>> (*make)(const Options&, Sizer)) {
  const Result<Sizer> sizer = sizer_of(given, unit);
  if (!sizer.ok()) return sizer.error();
  Options options;
  if (given.contains("chunk_size")) options.chunk_size = given["chunk_size"];
  if (given.contains("overlap")) options.overlap = given["overlap"];
  if (given.contains("strip")) options.strip = given["strip"];
  if constexpr (requires { options.min_sentences; }) {
    if (given.contains("min_sentences")) options.min_sentences = given["min_sentences"];
    if (given.contains("keep_paragraphs")) options.keep_paragraphs = given["keep_paragraphs"];
  }
  return make(options, sizer.value());
}

Result<std::unique_ptr<Chunker>> recursive(const Json& given) {
  const Result<Sizer> sizer = sizer_of(given, "chars");
  if (!sizer.ok()) return sizer.error();
  RecursiveChunkerOptions options;
  options.chunk_size = given.at("chunk_size");
  options.overlap = given.at("chunk_overlap");
  options.keep_nested = given.at("chunker") != "RecursiveChunker";
  if (given.contains("strip")) options.strip = given["strip"];
  if (given.contains("is_separator_regex")) options.regex = given["is_separator_regex"];
  if (given.contains("separators")) options.separators = given["separators"].get<std::vector<std::string>>();
  if (given.contains("oversize")) {
    const auto keep = keep_oversize_named(given["oversize"].get<std::string>());
    if (!keep.ok()) return keep.error();
    options.keep_oversize = keep.value();
  }
  if (given.contains("keep_separator") && given["keep_separator"].is_boolean()) {
    options.keep_separator = given["keep_separator"].get<bool>() ? KeepSeparator::start : KeepSeparator::no;
  } else if (given.contains("keep_separator")) {
    const auto keep = keep_separator_named(given["keep_separator"].get<std::string>());
    if (!keep.ok()) return keep.error();
    options.keep_separator = keep.value();
  }
  return recursive_chunker(std::move(options), sizer.value());
}

Result<std::unique_ptr<Chunker>> chunker_of(const Json& given) {
  const std::string name = given.at("chunker");
  if (name == "SentenceChunker") return packed(given, "chars", &sentence_chunker);
  if (name == "ParagraphChunker") return packed(given, "chars", &paragraph_chunker);
  if (name == "TokenChunker") return packed(given, "tokens", &token_chunker);
  if (name == "FixedChunker") return packed(given, "chars", &fixed_chunker);
  return recursive(given);
}

Json rows(const Json& given) {
  const Exact text(given.at("text"));
  const auto chunker = chunker_of(given);
  if (!chunker.ok()) return outcome(Result<int>(chunker.error()));
  const auto result = chunker.value()->chunk(text.view());
  if (!result.ok()) return outcome(Result<int>(result.error()));
  const std::vector<Chunk>& chunks = result.value();
  return {{"value", Exact::list(chunks, [&](const Chunk& chunk) {
             return Json::array({text.span(chunk.span), chunk.length, chunk.hard ? "hard" : "clean", chunk.overlap_prev,
                                 chunk.start_line, chunk.end_line});
           })}};
}

bool is_space(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded here = decode_utf8(text, at);
    if (!is_white_space(here.code_point)) return false;
    at += here.bytes;
  }
  return true;
}

}  // namespace

TEST_CASE("packed chunkers agree with their vectors") {
  for (const auto& test : load_vectors("packed_chunkers")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(rows(test.at("given")) == test.at("expect")); }
  }
}

TEST_CASE("recursive chunkers agree with their vectors") {
  for (const auto& test : load_vectors("recursive")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(rows(test.at("given")) == test.at("expect")); }
  }
}

TEST_CASE("count_tokens agrees with its vectors") {
  for (const auto& test : load_vectors("sizer")) {
    const Exact text(test.at("given").at("text"));
    INFO(test["id"]);
    CHECK(Json(count_tokens(text.view())) == test.at("expect").at("value"));
  }
}

TEST_CASE("grapheme clusters are whole") {
  CHECK(count_graphemes("e\u0301\r\n🇩🇪🇫🇷👩‍👩‍👧") == 5);
  CHECK(count_graphemes("각각") == 2);
}

TEST_CASE("chunks of any bytes have their invariants") {
  Random random(7);
  const std::vector<std::string> pieces = {"a",
                                           "bc",
                                           " ",
                                           "  ",
                                           "\n",
                                           "\n\n",
                                           "\r\n",
                                           ". ",
                                           "😀",
                                           "é",
                                           "e\u0301",
                                           "🇩🇪",
                                           "中文",
                                           "\xff",
                                           "\xe2\x82",
                                           "\xed\xa0\x80",
                                           "word ",
                                           "A sentence. ",
                                           "👩‍👩‍👧",
                                           "\u0301",
                                           "\u200d"};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const std::size_t count = random.below(40);
    for (std::size_t i = 0; i < count; ++i) text += pieces[random.below(pieces.size())];
    const auto size = static_cast<std::int64_t>(1 + random.below(30));
    const auto overlap = static_cast<double>(random.below(2) * random.below(static_cast<std::size_t>(size)));
    const bool strip = random.below(2) == 0;
    const Sizer sizer{static_cast<LengthUnit>(random.below(6)), nullptr};
    Result<std::unique_ptr<Chunker>> chunker = [&]() -> Result<std::unique_ptr<Chunker>> {
      switch (random.below(5)) {
        case 0:
          return sentence_chunker({.chunk_size = size, .overlap = overlap, .strip = strip}, sizer);
        case 1:
          return paragraph_chunker({.chunk_size = size, .overlap = overlap, .strip = strip}, sizer);
        case 2:
          return token_chunker({.chunk_size = size, .overlap = overlap, .strip = strip}, sizer);
        case 3:
          return fixed_chunker({.chunk_size = size, .overlap = overlap, .strip = strip}, sizer);
        default: {
          RecursiveChunkerOptions options;
          options.chunk_size = size;
          options.overlap = overlap;
          options.strip = strip;
          return recursive_chunker(options, sizer);
        }
      }
    }();
    REQUIRE(chunker.ok());
    const auto result = chunker.value()->chunk(text);
    REQUIRE(result.ok());
    INFO(Json(text).dump(-1, ' ', true, Json::error_handler_t::replace)
         << " size " << size << " overlap " << overlap << " unit " << name(sizer.unit) << " strip " << strip);
    std::size_t at = 0, start = 0;
    for (const Chunk& chunk : result.value()) {
      REQUIRE(chunk.span.size() > 0);
      REQUIRE((at == 0 || (chunk.span.start > start && chunk.span.end > at)));
      const std::string_view slice = chunk.span.of(text);
      REQUIRE(chunk.length == length_of(slice, sizer.unit));
      REQUIRE((chunk.length <= static_cast<std::size_t>(size) || length_of(slice, LengthUnit::chars) == 1));
      if (chunk.span.start > at) REQUIRE((strip && is_space(std::string_view(text).substr(at, chunk.span.start - at))));
      at = chunk.span.end;
      start = chunk.span.start;
    }
    if (at < text.size()) REQUIRE((strip && is_space(std::string_view(text).substr(at))));
  }
}

TEST_CASE("ten megabytes of one thing come to an end") {
  for (const std::string letter : {"a", " ", "\n", "# ", "`", "\r\n", "é", "e\u0301", "a. "}) {
    std::string text;
    while (text.size() < 2'000'000) text += letter;
    INFO(letter);
    for (const auto& chunker :
         {sentence_chunker({}, {}), paragraph_chunker({}, {}), token_chunker({}, {LengthUnit::tokens, nullptr}),
          fixed_chunker({}, {}), recursive_chunker({}, {})}) {
      REQUIRE(chunker.ok());
      const auto chunks = chunker.value()->chunk(text);
      REQUIRE(chunks.ok());
      CHECK(chunks.value().empty() == is_space(letter));
    }
  }
}

}  // namespace paritas::tests
