#include "paritas/chunk/semantic.hpp"

#include <array>

#include "features.hpp"
#include "paritas/text/sentences.hpp"
#include "structured.hpp"
#include "vectors.hpp"

namespace paritas {

void check_semantic(Random& random, Digest& digest) {
  static constexpr std::array<const char*, 4> kMethods = {"percentile", "stdev", "similarity", "local_max"};
  const std::string text = structured_text(random);
  SemanticChunkerOptions options;
  options.chunk_size = static_cast<std::int64_t>(1 + random.below(60));
  options.method = kMethods[random.below(4)];
  options.threshold = random.unit();
  options.window = static_cast<std::int64_t>(1 + random.below(4));
  options.min_sentences = static_cast<std::int64_t>(1 + random.below(3));
  const std::size_t rows = sentences(text).size();
  const std::size_t dim = 1 + random.below(4);
  const std::vector<float> values = random_floats(random, rows * dim);
  const auto chunker = SemanticChunker::create(options, {});
  if (chunker.ok()) add_structured(digest, chunker.value().chunk(text, {values.data(), rows, dim}), text);
}

}  // namespace paritas
