#pragma once
#include <span>

#include "paritas/base/result.hpp"

namespace paritas {

/// Inner product in float32 over 32 virtual lanes: the same bits at every SIMD level and in WASM.
///
/// a, b:    any values, read in place.
/// Returns: 0 for no items; when the float32 sum is not finite, the float64 sum rounded to float32.
/// Errors:  `length_mismatch`, "Vector length mismatch: 3 vs 4".
Result<float> dot_product(std::span<const float> a, std::span<const float> b);

/// Ok, or the `length_mismatch` of two vectors that belong together.
Result<bool> same_length(std::size_t a, std::size_t b);

}  // namespace paritas
