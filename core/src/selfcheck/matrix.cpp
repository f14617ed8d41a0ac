#include "paritas/vectors/matrix.hpp"

#include "vectors.hpp"

namespace paritas {

void check_matrix(Random& random, Digest& digest) {
  const auto dim = static_cast<std::size_t>(random.below(40) + 1);
  const auto height = static_cast<std::size_t>(random.below(6)), width = static_cast<std::size_t>(random.below(10));
  const std::vector<float> queries = random_floats(random, height * dim), corpus = random_floats(random, width * dim);
  const bool cosines = random.below(2) == 0;
  std::vector<float> out(height * width);
  (void)similarity_matrix({queries.data(), height, dim}, {corpus.data(), width, dim}, cosines, 1, out);
  for (const float value : out) digest.add(value);
  out.resize(width * width);
  (void)pairwise_distances({corpus.data(), width, dim}, static_cast<Metric>(random.below(4)), 1, out);
  for (const float value : out) digest.add(value);
}

}  // namespace paritas
