#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "paritas/base/span.hpp"
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

/// The coarsest chunk that the one at `index` lies in; itself on the coarsest level.
/// Errors: `invalid_argument` for an index that no chunk has, and for chunks whose parents do not stand before them.
Result<std::size_t> expand_to_parent(std::span<const Chunk> chunks, std::int64_t index);

/// From the chunk `before` places before the one at `index` on its level to the one `after` places after it.
/// Errors: `invalid_argument` for an index that no chunk has, and for before or after below 0.
Result<Span> context_window(std::span<const Chunk> chunks, std::int64_t index, std::int64_t before = 1,
                            std::int64_t after = 1);

}  // namespace paritas
