#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/base/result.hpp"

namespace paritas {

inline Error outside_range(std::string_view option, std::int64_t least, std::int64_t most, std::int64_t value) {
  return {ErrorCode::invalid_argument, std::string(option) + " must be from " + std::to_string(least) + " to " +
                                           std::to_string(most) + ", not " + std::to_string(value)};
}

}  // namespace paritas
