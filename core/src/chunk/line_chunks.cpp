#include "paritas/chunk/line_chunks.hpp"

#include <algorithm>

#include "paritas/base/hash.hpp"
#include "paritas/chunk/pack.hpp"

namespace paritas {

Result<std::vector<Chunk>> chunk_with_overlap(std::string_view text, const LineChunksOptions& options) {
  const Result<ChunkSizes> sizes = chunk_sizes(options.chunk_size, options.overlap);
  if (!sizes.ok()) return sizes.error();
  PackOptions packing;
  packing.chunk_size = sizes.value().chunk_size;
  packing.overlap = sizes.value().overlap;
  packing.strip = false;
  const Sizer sizer;
  Meter meter(text, sizer);
  std::vector<Chunk> chunks;
  if (!pack_level(meter, {0, text.size()}, Level::line, packing, chunks)) return *meter.error();
  describe(text, chunks);
  return chunks;
}

std::vector<std::size_t> find_line_boundaries(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < text.size();) {
    starts.push_back(at);
    const std::size_t end = text.find('\n', at);
    at = end == std::string_view::npos ? text.size() : end + 1;
  }
  return starts;
}

Result<std::size_t> line_at_offset(std::string_view text, std::int64_t byte, std::int64_t native) {
  if (byte < 0 || static_cast<std::uint64_t>(byte) > text.size()) {
    return Error{ErrorCode::invalid_argument, "offset must lie within the text, not at " + std::to_string(native)};
  }
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + byte, '\n'));
}

std::string chunk_id(std::string_view source_id, std::int64_t index, std::string_view text) {
  std::string named(source_id);
  named += ':';
  named += std::to_string(index);
  named += ':';
  named += text;
  std::string digits(16, '0');
  std::uint64_t high = xxh3_128(named).high;
  for (std::size_t i = 16; i-- > 0; high >>= 4) digits[i] = "0123456789abcdef"[high & 15];
  return digits;
}

}  // namespace paritas
