#pragma once
#include <cmath>
#include <cstdint>
#include <string>

#include "paritas/base/format.hpp"

namespace paritas {

/// A number for a message: a whole one without a point.
inline std::string shown(double number) {
  constexpr double kExact = 9007199254740992.0;
  if (std::trunc(number) == number && number >= -kExact && number <= kExact) {
    return std::to_string(static_cast<std::int64_t>(number));
  }
  return shortest_decimal(number);
}

}  // namespace paritas
