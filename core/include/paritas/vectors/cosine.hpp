#pragma once
#include <span>

#include "paritas/base/result.hpp"

namespace paritas {

/// Cosine of the angle between two vectors, in [-1, 1]; the same bits at every SIMD level and in WASM.
///
/// a, b:    any values, read in place. Sums that leave the range of float32 are taken again in float64, so vectors of
///          1e-30 or 1e30 have a cosine too.
/// Returns: exactly 1 for equal vectors and -1 for opposite ones; 0 when one has only zeros or no items; NaN when a
///          value is NaN or infinite.
/// Errors:  `length_mismatch`, "Vector length mismatch: 3 vs 4".
Result<float> cosine_similarity(std::span<const float> a, std::span<const float> b);

/// 1 - cosine, in [0, 2], rounded once; 1 when one vector has only zeros. Errors as cosine_similarity.
Result<float> cosine_distance(std::span<const float> a, std::span<const float> b);

}  // namespace paritas
