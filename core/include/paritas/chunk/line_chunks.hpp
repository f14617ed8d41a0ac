#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/chunk/chunk.hpp"

namespace paritas {

struct LineChunksOptions {
  std::int64_t chunk_size = 1344;  ///< code points
  double overlap = 128;            ///< or a share of chunk_size
};

/// Whole lines, as many as fit, with their line ends: together they are the text. A line over the size is cut at sentences and words.
/// Errors: `invalid_argument` for sizes without meaning.
Result<std::vector<Chunk>> chunk_with_overlap(std::string_view text, const LineChunksOptions& options = {});

/// Where each line starts: 0, and behind each LF that is not the last byte. None for an empty text.
std::vector<std::size_t> find_line_boundaries(std::string_view text);

/// The 1-based line at a byte, from 0 to the size of the text.
/// Errors: `invalid_argument` with `offset` for an offset outside of the text; `native` is what the message says.
Result<std::size_t> line_at_offset(std::string_view text, std::int64_t byte, std::int64_t native);

/// A name for a chunk that is the same on every machine: the first 16 hexadecimal digits of XXH3-128 of "source:index:text".
std::string chunk_id(std::string_view source_id, std::int64_t index, std::string_view text);

}  // namespace paritas
