#pragma once
#include <cstdint>

#include "verify/reading.hpp"

namespace paritas {

/// How likely the source supports what the tokens [first, last) of the response say, from 0.0 to 1.0.
double support_probability(const Reading& reading, std::uint32_t first, std::uint32_t last);

}  // namespace paritas
