#include "paritas/vectors/dot.hpp"

#include "paritas/vectors/cosine.hpp"
#include "paritas/vectors/distance.hpp"
#include "paritas/vectors/normalize.hpp"
#include "vectors.hpp"

namespace paritas {

void check_dot(Random& random, Digest& digest) {
  const auto count = static_cast<std::size_t>(random.below(100));
  const std::vector<float> a = random_floats(random, count), b = random_floats(random, count);
  for (const auto call :
       {&dot_product, &cosine_similarity, &cosine_distance, &squared_euclidean, &euclidean_distance}) {
    digest.add(call(a, b).value());
  }
  digest.add(norm(a));
  std::vector<float> unit(count);
  normalize(a, unit);
  for (const float value : unit) digest.add(value);
}

}  // namespace paritas
