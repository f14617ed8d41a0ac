#pragma once
#include <cmath>

#include "paritas/base/maths.hpp"

namespace paritas {

// Each number alone, for callers that need no other: a division takes as long as a logarithm. NaN counts as no count.

inline double bound_of(double t) noexcept { return t >= 2.0 ? std::sqrt(t) * log2(t) : 1.0; }
inline double efficiency_of(double t, double bound) noexcept { return t >= 2.0 ? t / bound : 1.0; }
inline double reduction_of(double t, double bound) noexcept { return t >= 2.0 ? ((t - bound) / t) * 100.0 : 0.0; }

}  // namespace paritas
