#pragma once
#include <cstdint>
#include <span>

#include "paritas/base/result.hpp"
#include "paritas/vectors/matrix.hpp"

namespace paritas {

/// Euclidean length, float32; 0 for no items. Finite for all finite vectors whose length is a float32.
float norm(std::span<const float> v);

/// v scaled to length 1, within 1e-6; zeros stay zeros and keep their sign, a vector of zeros is no error.
///
/// out:     the length of v; may be v itself.
/// Returns: the norm that v had.
float normalize(std::span<const float> v, std::span<float> out);

/// `normalize` of every row.
///
/// out:     rows * dim values; may be the matrix itself.
/// norms:   one for each row, or empty.
/// Errors:  `invalid_argument` for threads below 0.
Result<bool> normalize_batch(const Matrix& matrix, std::span<float> out, std::span<float> norms,
                             std::int64_t threads = 0);

}  // namespace paritas
