#pragma once
#include <cstddef>
#include <vector>

#include "paritas/vectors/matrix.hpp"

namespace paritas {

/// What a batch computes for each pair. `gap` is 1 - cosine.
enum class Score : std::uint8_t { cosine, gap, dot, euclidean, squared_euclidean };

inline constexpr std::size_t kBlock = 64;  // rows scored at once: their scores stay in the first cache

/// One vector against up to kBlock rows; the caller holds a FloatState. `square` is S_vv of the vector.
void score_rows(Score score, const float* vector, float square, const float* const* rows, std::size_t count,
                std::size_t n, float* out);

/// Many vectors against up to kBlock rows, out[i * stride + j]; squares of both sides are given for cosine
/// and gap, others read none.
void score_tile(Score score, const float* const* vectors, const float* vector_squares, std::size_t height,
                const float* const* rows, const float* row_squares, std::size_t width, std::size_t n, float* out,
                std::size_t stride);

/// S_vv of a vector, or of each row.
float square_of(const float* v, std::size_t n);

}  // namespace paritas
