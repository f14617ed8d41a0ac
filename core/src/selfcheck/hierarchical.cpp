#include "paritas/chunk/hierarchical.hpp"

#include "features.hpp"
#include "structured.hpp"

namespace paritas {

void check_hierarchical(Random& random, Digest& digest) {
  const std::string text = structured_text(random);
  const auto size = static_cast<std::int64_t>(1 + random.below(30));
  HierarchicalChunkerOptions options;
  options.sizes = {2 * size, size};
  options.overlaps = {static_cast<double>(random.below(static_cast<std::uint64_t>(size))), 0.0};
  const auto chunker = hierarchical_chunker(options, {});
  if (chunker.ok()) add_structured(digest, chunker.value()->chunk(text), text);
}

}  // namespace paritas
