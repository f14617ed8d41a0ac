#pragma once
#include <cstddef>
#include <span>

#include "paritas/base/result.hpp"

namespace paritas {

/// float64 values as float32, to the nearest, ties to even; NaN and infinities stay what they are.
///
/// out:    as many values.
/// Errors: `out_of_range` for a finite value whose float32 would be infinite, "column 2 must fit into a 32-bit float";
///         the offset is the column.
Result<bool> narrow(std::span<const double> values, float* out);

/// The same for rows of `dim` values: "row 1, column 2 must fit into a 32-bit float"; the offset is the row.
Result<bool> narrow_rows(std::span<const double> values, std::size_t dim, float* out);

/// A float32 result as float64: denormals stay, whatever state the caller's thread is in.
double widen(float value) noexcept;

/// The error of a row that has another length than the first one.
Error ragged(std::size_t row, std::size_t length, std::size_t first);

}  // namespace paritas
