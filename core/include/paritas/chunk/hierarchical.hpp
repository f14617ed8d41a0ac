#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "paritas/chunk/chunk.hpp"

namespace paritas {

struct HierarchicalChunkerOptions {
  std::vector<std::int64_t> sizes = {2048, 512};
  std::vector<double> overlaps = {200, 50};  ///< one for each size, or a share of it
};

/// Chunks of chunks: each chunk of a level is cut again for the next one.
///
/// A text with headings is cut as the Markdown chunker does, another one as the recursive chunker. A chunk stands before its
/// children, and these before the next chunk of its level; they lie within it and cover it up to white space.
/// Errors: `invalid_argument` for no sizes, sizes that do not fall strictly, another number of overlaps, and as chunk_sizes.
Result<std::unique_ptr<Chunker>> hierarchical_chunker(const HierarchicalChunkerOptions& options, Sizer sizer);

}  // namespace paritas
