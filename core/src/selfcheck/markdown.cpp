#include "paritas/chunk/markdown.hpp"

#include "features.hpp"
#include "structured.hpp"

namespace paritas {

void check_markdown(Random& random, Digest& digest) {
  const std::string text = structured_text(random);
  MarkdownChunkerOptions options;
  options.chunk_size = static_cast<std::int64_t>(1 + random.below(60));
  options.overlap = static_cast<double>(random.below(static_cast<std::uint64_t>(options.chunk_size)));
  options.headings = static_cast<std::int64_t>(random.below(7));
  options.keep_code = random.below(4) != 0;
  options.strip = random.below(4) != 0;
  const auto chunker = markdown_chunker(options, {});
  if (chunker.ok()) add_structured(digest, chunker.value()->chunk(text), text);
}

}  // namespace paritas
