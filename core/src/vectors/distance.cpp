#include "paritas/vectors/distance.hpp"

#include "base/float_state.hpp"
#include "finish.hpp"
#include "paritas/vectors/dot.hpp"

namespace paritas {

Result<float> squared_euclidean(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return same_length(a.size(), b.size()).error();
  const FloatState full;
  return finish_squared(lanes_distance(a.data(), b.data(), a.size()), a.data(), b.data(), a.size());
}

Result<float> euclidean_distance(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return same_length(a.size(), b.size()).error();
  const FloatState full;
  return finish_euclidean(lanes_distance(a.data(), b.data(), a.size()), a.data(), b.data(), a.size());
}

}  // namespace paritas
