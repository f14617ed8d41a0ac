#include "paritas/vectors/dot.hpp"

#include "base/float_state.hpp"
#include "finish.hpp"

namespace paritas {

Result<bool> same_length(std::size_t a, std::size_t b) {
  if (a == b) return true;
  return Error{ErrorCode::length_mismatch, "Vector length mismatch: " + std::to_string(a) + " vs " + std::to_string(b)};
}

Result<float> dot_product(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return same_length(a.size(), b.size()).error();
  const FloatState full;
  return finish_dot(lanes_dot(a.data(), b.data(), a.size()), a.data(), b.data(), a.size());
}

}  // namespace paritas
