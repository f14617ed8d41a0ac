#include "paritas/vectors/normalize.hpp"

#include <algorithm>

#include "base/float_state.hpp"
#include "finish.hpp"
#include "plan.hpp"

namespace paritas {
namespace {

float normalized(const float* v, std::size_t n, float* out) {
  const float vv = lanes_dot(v, v, n);
  const float length = finish_norm(vv, v, n);
  if (normal(vv)) {
    scale(v, static_cast<float>(1.0 / std::sqrt(static_cast<double>(vv))), n, out);
    return length;
  }
  const double root = std::sqrt(wide_dot(v, v, n));
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = root == 0.0 ? v[i] : one_nan(static_cast<float>(static_cast<double>(v[i]) / root));
  }
  return length;
}

}  // namespace

float norm(std::span<const float> v) {
  const FloatState full;
  return finish_norm(lanes_dot(v.data(), v.data(), v.size()), v.data(), v.size());
}

float normalize(std::span<const float> v, std::span<float> out) {
  const FloatState full;
  return normalized(v.data(), v.size(), out.data());
}

Result<bool> normalize_batch(const Matrix& matrix, std::span<float> out, std::span<float> norms, std::int64_t threads) {
  const auto plan = planned_threads(threads, matrix.rows * matrix.dim);
  if (!plan.ok()) return plan.error();
  parallel_for(matrix.rows, plan.value(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const float length = normalized(matrix.row(i), matrix.dim, out.data() + i * matrix.dim);
      if (!norms.empty()) norms[i] = length;
    }
  });
  return true;
}

}  // namespace paritas
