#pragma once

namespace paritas {

// Elementary functions with the same bits on every target: + - * and operations on bits, nothing else. The largest errors
// that were measured stand in docs/maths.md; half a unit in the last place (ulp) is what no function can go below.

/// Natural logarithm. Error below 0.52 ulp.
/// Returns: -infinity for 0 and -0, NaN for a negative number and for NaN, infinity for infinity; log(1) is 0.
double log(double x) noexcept;

/// Logarithm to base 2. The double nearest to the true value outside [0.6875, 1.375], so for every whole number; exact for
/// powers of two; error below 0.52 ulp inside.
/// Returns: as log does.
double log2(double x) noexcept;

/// e to the power of x. Error below 0.52 ulp, subnormal results included.
/// Returns: infinity from 709.7827128933841 on, 0 below -745.1332191019412, NaN for NaN.
double exp(double x) noexcept;

}  // namespace paritas
