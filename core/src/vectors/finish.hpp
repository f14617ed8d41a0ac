#pragma once
#include <cmath>
#include <cstddef>
#include <limits>

#include "kernels.hpp"

namespace paritas {

// From the sums of a pair to its result. Scalar functions and batches both end here, so they give the same bits.

inline constexpr float kNan = std::numeric_limits<float>::quiet_NaN();  // the only NaN that leaves the core

/// A sum whose square root and products stay in the range where float32 has all its bits.
inline bool normal(float sum) noexcept { return sum >= 0x1p-96F && sum <= 0x1p120F; }

inline float one_nan(float value) noexcept { return value != value ? kNan : value; }

inline float finish_dot(float ab, const float* a, const float* b, std::size_t n) {
  return std::isfinite(ab) ? ab : one_nan(static_cast<float>(wide_dot(a, b, n)) + 0.0F);
}

/// The clamped cosine in float64; NaN when a value is NaN or infinite, 0 when a vector has only zeros.
inline double finish_cosine(const PairSums& sums, const float* a, const float* b, std::size_t n) {
  double ab = static_cast<double>(sums.ab), aa = static_cast<double>(sums.aa), bb = static_cast<double>(sums.bb);
  if (!normal(sums.aa) || !normal(sums.bb)) {
    ab = wide_dot(a, b, n);
    aa = wide_dot(a, a, n);
    bb = wide_dot(b, b, n);
    if (!std::isfinite(aa) || !std::isfinite(bb)) return std::numeric_limits<double>::quiet_NaN();
    if (aa == 0.0 || bb == 0.0) return 0.0;
  }
  const double cosine = ab / std::sqrt(aa * bb);
  return cosine > 1.0 ? 1.0 : cosine < -1.0 ? -1.0 : cosine;
}

/// float32 of finish_cosine; a tiny negative one must not become -0.
inline float cosine_score(double cosine) { return one_nan(static_cast<float>(cosine) + 0.0F); }
inline float cosine_gap(double cosine) { return one_nan(static_cast<float>(1.0 - cosine)); }

inline float finish_squared(float d, const float* a, const float* b, std::size_t n) {
  return normal(d) ? d : one_nan(static_cast<float>(wide_distance(a, b, n)));
}
inline float finish_euclidean(float d, const float* a, const float* b, std::size_t n) {
  return normal(d) ? std::sqrt(d) : one_nan(static_cast<float>(std::sqrt(wide_distance(a, b, n))));
}
inline float finish_norm(float vv, const float* v, std::size_t n) {
  return normal(vv) ? std::sqrt(vv) : one_nan(static_cast<float>(std::sqrt(wide_dot(v, v, n))));
}

}  // namespace paritas
