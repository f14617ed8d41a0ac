#include "paritas/vectors/topk.hpp"

#include "paritas/vectors/embedding_index.hpp"
#include "vectors.hpp"

namespace paritas {

void check_topk(Random& random, Digest& digest) {
  const auto dim = static_cast<std::size_t>(random.below(40) + 1);
  const auto rows = static_cast<std::size_t>(random.below(20));
  const std::vector<float> query = random_floats(random, dim), corpus = random_floats(random, rows * dim);
  const Matrix one{query.data(), 1, dim}, all{corpus.data(), rows, dim};
  TopKOptions options;
  options.k = static_cast<std::int64_t>(random.below(8));
  options.metric = static_cast<Metric>(random.below(4));
  if (random.below(2) == 0) options.threshold = random.unit() - 0.5;
  const auto best = top_k(one, all, options);
  for (const Neighbour& hit : best.value()[0]) {
    digest.add(static_cast<std::uint64_t>(hit.index));
    digest.add(hit.score);
  }
  EmbeddingIndex index;
  (void)index.add(all, rows);
  const auto found = index.query(query, 3, -1.0);
  for (const Neighbour& hit : found.value()) {
    digest.add(static_cast<std::uint64_t>(hit.index));
    digest.add(hit.score);
  }
}

}  // namespace paritas
