#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "paritas/chunk/pack.hpp"
#include "paritas/chunk/packed_chunkers.hpp"
#include "paritas/chunk/recursive.hpp"
#include "paritas/chunk/sizer.hpp"
#include "paritas/text/graphemes.hpp"

namespace paritas {
namespace {

using Bounds = std::vector<std::pair<std::size_t, std::size_t>>;

Bounds bounds(const Result<std::unique_ptr<Chunker>>& chunker, std::string_view text) {
  REQUIRE(chunker.ok());
  const auto chunks = chunker.value()->chunk(text);
  REQUIRE(chunks.ok());
  Bounds out;
  for (const Chunk& chunk : chunks.value()) out.emplace_back(chunk.span.start, chunk.span.end);
  return out;
}

TEST_CASE("count_tokens gives its golden counts") {
  CHECK(count_tokens("") == 0);
  CHECK(count_tokens("Hello, world!") == 4);
  CHECK(count_tokens("internationalization") == 3);
  CHECK(count_tokens("x = foo(1234567)\n\n    return") == 10);
  CHECK(count_tokens("日本語のテキスト") == 6);
  CHECK(count_tokens("   ") == 1);
  CHECK(count_tokens("naïve café") == 4);
  CHECK(count_tokens("😀😀") == 4);
  CHECK(count_tokens("-----") == 2);
}

TEST_CASE("grapheme clusters are whole") {
  CHECK(count_graphemes("e\u0301\r\n🇩🇪🇫🇷👩‍👩‍👧") == 5);
  CHECK(count_graphemes("각각") == 2);
}

TEST_CASE("recursive: golden") {
  const std::string text =
      "The quick brown fox jumps over the lazy dog. It runs far away.\n\nSecond paragraph here, with a much longer "
      "line "
      "that must be cut in several places.\nShort line.\n\n\nEnd.";
  const auto chunker = [](std::int64_t size, double overlap) {
    RecursiveChunkerOptions options;
    options.chunk_size = size;
    options.overlap = overlap;
    return recursive_chunker(options, {});
  };
  CHECK(bounds(chunker(40, 10), text) ==
        Bounds{{0, 39}, {31, 62}, {64, 98}, {92, 130}, {121, 146}, {147, 158}, {161, 165}});
  CHECK(bounds(chunker(10, 0), "a much longer paragraph") == Bounds{{0, 6}, {7, 13}, {14, 23}});
  CHECK(bounds(chunker(8, 3), "abcdefghijabcdefghijabcdefghij") ==
        Bounds{{0, 8}, {5, 13}, {10, 18}, {15, 23}, {20, 28}, {25, 30}});
  CHECK(bounds(chunker(12, 0), "Café 😀 ok.\n\nNext paragraph is here.") ==
        Bounds{{0, 14}, {16, 20}, {21, 30}, {31, 39}});
  CHECK_FALSE(chunker(0, 0).ok());
  CHECK_FALSE(chunker(5, 6).ok());
  CHECK(chunker(5, 5).ok());
}

TEST_CASE("packing: golden") {
  const std::string text = "He was tired. She left. They met again in May. Nobody knew why.";
  const Bounds whole{{0, 23}, {24, 46}, {47, 63}};
  CHECK(bounds(sentence_chunker({.chunk_size = 30}, {}), text) == whole);
  CHECK(bounds(sentence_chunker({.chunk_size = 30, .overlap = 12}, {}), text) == whole);
  const std::string fox = "The quick brown fox jumps over the lazy dog.";
  const auto sized = [](LengthUnit unit) { return Sizer{unit, nullptr}; };
  CHECK(bounds(token_chunker({.chunk_size = 4}, sized(LengthUnit::words)), fox) == Bounds{{0, 19}, {20, 39}, {40, 44}});
  CHECK(bounds(token_chunker({.chunk_size = 4, .overlap = 2}, sized(LengthUnit::words)), fox) ==
        Bounds{{0, 19}, {10, 30}, {20, 39}, {31, 44}});
  CHECK(bounds(token_chunker({.chunk_size = 4}, sized(LengthUnit::tokens)), fox) ==
        Bounds{{0, 19}, {20, 39}, {40, 44}});
}

}  // namespace
}  // namespace paritas
