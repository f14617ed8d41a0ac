#include "paritas/chunk/packed_chunkers.hpp"

#include "chunks.hpp"
#include "features.hpp"
#include "texts.hpp"

namespace paritas {
namespace {

template <class Options>
Result<std::unique_ptr<Chunker>> drawn(Random& random,
                                       Result<std::unique_ptr<Chunker>> (*make)(const Options&, Sizer)) {
  Options options;
  options.chunk_size = static_cast<std::int64_t>(1 + random.below(40));
  options.overlap = static_cast<double>(random.below(static_cast<std::uint64_t>(options.chunk_size)));
  options.strip = random.below(4) != 0;
  return make(options, unit_of(random.below(5)));
}

}  // namespace

void check_packed_chunkers(Random& random, Digest& digest) {
  const std::string text = random_text(random, 12);
  const std::uint64_t kind = random.below(4);
  const auto chunker = kind == 0   ? drawn(random, &sentence_chunker)
                       : kind == 1 ? drawn(random, &paragraph_chunker)
                       : kind == 2 ? drawn(random, &token_chunker)
                                   : drawn(random, &fixed_chunker);
  if (chunker.ok()) add_chunks(digest, *chunker.value(), text);
}

}  // namespace paritas
