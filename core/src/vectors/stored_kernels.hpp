#pragma once
#include <cstddef>
#include <cstdint>

namespace paritas {

// Sums over rows as they are stored in fewer bits. Whole numbers are exact, so their additions may come in any order;
// float sums run over the 32 lanes of kernels.hpp. The caller holds a FloatState.

inline constexpr std::size_t kWholeLimit = 131'072;  // values of a row: 127 * 127 of each fit into 31 bits
inline constexpr std::size_t kWholePadding = 64;     // a widened vector has zeros up to a multiple of it

/// Dot products of int8 rows with one vector of int8 values, widened and padded with zeros. n <= kWholeLimit.
void whole_dots(const std::int16_t* vector, const std::int8_t* const* rows, std::size_t count, std::size_t n,
                std::int32_t* out);
/// out[i] = float32(dots[i] / sqrt(square * squares[i])) in float64, 0 where a square is 0; never -0.
void whole_cosines(const std::int32_t* dots, std::uint32_t square, const std::uint32_t* squares, std::size_t count,
                   float* out);
/// A bit for each score that is not at or below `least`: NaN is not, and nothing is at or below NaN. count <= 64.
std::uint64_t above(const float* scores, std::size_t count, float least);
/// How many bits differ between a row and a vector of `bytes` bytes.
void differing_bits(const std::uint8_t* vector, const std::uint8_t* const* rows, std::size_t count, std::size_t bytes,
                    std::uint32_t* out);

// Rows of IEEE half floats, each widened exactly: S_ab and D with a float32 vector.
void halves_dots(const float* vector, const std::uint16_t* const* rows, std::size_t count, std::size_t n, float* out);
void halves_distances(const float* vector, const std::uint16_t* const* rows, std::size_t count, std::size_t n,
                      float* out);
void widen_halves(const std::uint16_t* halves, std::size_t n, float* out);

}  // namespace paritas
