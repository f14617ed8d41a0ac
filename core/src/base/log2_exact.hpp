#pragma once
#include <cstdint>

namespace paritas::maths {

/// The double nearest to log2(m * 2^exponent), for a fraction of 53 bits with the upper one set: m = fraction * 2^-52.
/// Some microseconds: for the one argument in ten thousand that lies too near to the middle of two doubles.
/// Must not be a power of two, and not within [0.6875, 1.375].
double log2_exact(std::uint64_t fraction, int exponent) noexcept;

}  // namespace paritas::maths
