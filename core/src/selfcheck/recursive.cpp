#include "paritas/chunk/recursive.hpp"

#include "chunks.hpp"
#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_recursive(Random& random, Digest& digest) {
  const std::string text = random_text(random, 12);
  RecursiveChunkerOptions options;
  options.chunk_size = static_cast<std::int64_t>(1 + random.below(30));
  options.overlap = static_cast<double>(random.below(static_cast<std::uint64_t>(options.chunk_size) + 1));
  options.keep_separator = static_cast<KeepSeparator>(random.below(3));
  options.strip = random.below(4) != 0;
  options.keep_nested = random.below(2) == 0;
  if (random.below(2) == 0) options.separators = {". ", " ", "a"};
  const auto chunker = recursive_chunker(options, unit_of(random.below(5)));
  if (chunker.ok()) add_chunks(digest, *chunker.value(), text);
}

}  // namespace paritas
