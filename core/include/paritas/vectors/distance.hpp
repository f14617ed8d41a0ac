#pragma once
#include <span>

#include "paritas/base/result.hpp"

namespace paritas {

/// Sum of the squared differences, in float32 over 32 virtual lanes; in float64 where float32 would overflow or lose
/// bits to denormals.
///
/// Returns: 0 for no items or equal vectors; infinity where the sum is larger than a float32.
/// Errors:  `length_mismatch`, "Vector length mismatch: 3 vs 4".
Result<float> squared_euclidean(std::span<const float> a, std::span<const float> b);

/// Square root of the sum of squared differences; finite for all finite vectors whose distance is a float32. Errors as
/// squared_euclidean.
Result<float> euclidean_distance(std::span<const float> a, std::span<const float> b);

}  // namespace paritas
