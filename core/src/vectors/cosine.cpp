#include "paritas/vectors/cosine.hpp"

#include "base/float_state.hpp"
#include "finish.hpp"
#include "paritas/vectors/dot.hpp"

namespace paritas {
namespace {

double cosine(std::span<const float> a, std::span<const float> b) {
  return finish_cosine(lanes_sums(a.data(), b.data(), a.size()), a.data(), b.data(), a.size());
}

}  // namespace

Result<float> cosine_similarity(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return same_length(a.size(), b.size()).error();
  const FloatState full;
  return cosine_score(cosine(a, b));
}

Result<float> cosine_distance(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return same_length(a.size(), b.size()).error();
  const FloatState full;
  return cosine_gap(cosine(a, b));
}

}  // namespace paritas
