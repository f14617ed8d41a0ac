#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "paritas/chunk/packed_chunkers.hpp"
#include "paritas/chunk/recursive.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"

// The first bytes choose the chunker, its unit, sizes and options; the rest is the text. The invariants must hold.
namespace {

void demand(bool truth) {
  if (!truth) std::abort();
}

bool blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const paritas::Decoded here = paritas::decode_utf8(text, at);
    if (!paritas::is_white_space(here.code_point)) return false;
    at += here.bytes;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace paritas;
  if (size < 4) return 0;
  const std::int64_t chunk_size = 1 + data[1];
  const double overlap = data[2] % chunk_size;
  const bool strip = (data[3] & 1) != 0;
  const Sizer sizer{static_cast<LengthUnit>(data[0] / 5 % 6), nullptr};
  const std::string_view text(reinterpret_cast<const char*>(data) + 4, size - 4);
  const auto made = [&]() -> Result<std::unique_ptr<Chunker>> {
    switch (data[0] % 5) {
      case 0:
        return sentence_chunker({.chunk_size = chunk_size, .overlap = overlap, .strip = strip}, sizer);
      case 1:
        return paragraph_chunker({.chunk_size = chunk_size, .overlap = overlap, .strip = strip}, sizer);
      case 2:
        return token_chunker({.chunk_size = chunk_size, .overlap = overlap, .strip = strip}, sizer);
      case 3:
        return fixed_chunker({.chunk_size = chunk_size, .overlap = overlap, .strip = strip}, sizer);
      default: {
        RecursiveChunkerOptions options;
        options.chunk_size = chunk_size;
        options.overlap = overlap;
        options.strip = strip;
        return recursive_chunker(options, sizer);
      }
    }
  }();
  demand(made.ok());
  const auto result = made.value()->chunk(text);
  demand(result.ok());
  std::size_t start = 0, end = 0;
  for (const Chunk& chunk : result.value()) {
    demand(chunk.span.size() > 0 && chunk.span.end <= text.size());
    demand(end == 0 || (chunk.span.start > start && chunk.span.end > end));
    demand(chunk.length == length_of(chunk.span.of(text), sizer.unit));
    demand(chunk.length <= static_cast<std::size_t>(chunk_size) ||
           length_of(chunk.span.of(text), LengthUnit::chars) == 1);
    if (chunk.span.start > end) demand(strip && blank(text.substr(end, chunk.span.start - end)));
    start = chunk.span.start;
    end = chunk.span.end;
  }
  demand(end == text.size() || (strip && blank(text.substr(end))));
  return 0;
}
