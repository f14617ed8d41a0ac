#pragma once
#include <cstddef>

namespace paritas {

// Sums in float32 over 32 virtual lanes: item i is added in lane i % 32 by a separate multiply and add, then lane
// j + half into lane j for 16, 8, 4, 2, 1. Every SIMD level gives the same bits. The caller holds a FloatState.

/// S_ab, S_aa and S_bb of one pair.
struct PairSums {
  float ab, aa, bb;
};

float lanes_dot(const float* a, const float* b, std::size_t n);
PairSums lanes_sums(const float* a, const float* b, std::size_t n);
float lanes_distance(const float* a, const float* b, std::size_t n);  // D, of a - b

// One vector against `count` rows: out[i] of rows[i]. The rows are read once.
void lanes_dots(const float* vector, const float* const* rows, std::size_t count, std::size_t n, float* dots);
void lanes_dots_squares(const float* vector, const float* const* rows, std::size_t count, std::size_t n, float* dots,
                        float* squares);
void lanes_distances(const float* vector, const float* const* rows, std::size_t count, std::size_t n, float* out);

/// Every vector against every row: out[i * stride + j] of vectors[i] and rows[j].
void lanes_tile(const float* const* vectors, std::size_t height, const float* const* rows, std::size_t width,
                std::size_t n, float* out, std::size_t stride);

/// out[i] = float32(clamp(ab[i] / sqrt(aa * bb[i]))) for squares that are normal; anything for the others. May be in
/// place.
void cosines_of_sums(float aa, const float* ab, const float* bb, std::size_t count, float* out);
/// float32 of 1 - the clamped cosine, in the same way.
void gaps_of_sums(float aa, const float* ab, const float* bb, std::size_t count, float* out);

/// v[i] * factor.
void scale(const float* v, float factor, std::size_t n, float* out);

// The same lanes in float64 over the float32 items, for sums that leave the range of float32. Rare, so plain loops.
double wide_dot(const float* a, const float* b, std::size_t n);
double wide_distance(const float* a, const float* b, std::size_t n);

}  // namespace paritas
