#include "paritas/retrieve/vector_index.hpp"

#include <cmath>

#include "paritas/base/hash.hpp"
#include "vectors.hpp"

namespace paritas {

void check_vector_index(Random& random, Digest& digest) {
  VectorIndexOptions options;
  options.dim = static_cast<std::int64_t>(random.below(24) + 1);
  const char* const dtypes[] = {"float32", "float16", "int8", "binary"};
  const char* const metrics[] = {"cosine", "dot", "l2", "euclidean"};
  const auto dtype = static_cast<std::size_t>(random.below(4));
  const auto metric = static_cast<std::size_t>(random.below(4));
  options.dtype = dtypes[dtype];
  options.metric = dtype == 3 ? "cosine" : metrics[metric];
  options.keep_full = random.below(2) == 0;
  VectorIndex index = VectorIndex::create(options).value();
  const auto dim = static_cast<std::size_t>(options.dim);
  const std::uint64_t steps = random.below(12);
  for (std::uint64_t i = 0; i < steps; ++i) {
    const auto id = static_cast<std::int64_t>(random.below(8));
    if (random.below(4) == 0) {
      digest.add(index.remove(id));
      continue;
    }
    const auto added = index.add(id, random_floats(random, dim));
    if (added.ok()) {
      digest.add(added.value());
    } else {
      digest.add(added.error());
    }
  }
  std::vector<float> query = random_floats(random, dim);
  for (float& value : query) {
    if (!std::isfinite(value)) value = 0.25F;
  }
  VectorQuery asked;
  asked.k = static_cast<std::int64_t>(random.below(6));
  asked.rescore = options.keep_full ? 2 : 0;
  const auto found = index.query(query, asked);
  if (!found.ok()) return digest.add(found.error());
  for (const Hit& hit : found.value()) {
    digest.add(static_cast<std::uint64_t>(*std::get_if<std::int64_t>(&hit.id)));
    digest.add(hit.score);
  }
  digest.add(xxh3_64(index.to_bytes()));
}

}  // namespace paritas
