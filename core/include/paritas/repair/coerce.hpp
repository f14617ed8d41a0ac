#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/repair/json_scan.hpp"

namespace paritas {

/// What a string says.
struct CoercedValue {
  JsonType type = JsonType::string;
  std::string json{};  ///< the value as JSON; a number as it was written
  bool exact = true;   ///< false where the double nearest to the number has other digits
};

/// A number, a boolean, null, an object or an array where a string says one; else the string itself.
///
/// White space around it does not count. true, false, True, False, null and None are literals; a number is one of JSON with
/// at most 17 significant digits that fits into a double, so that 007, +1, 1e400, nan and 0x10 stay strings and nothing is
/// lost; objects and arrays must be valid JSON. Ill-formed bytes count as U+FFFD. Linear.
CoercedValue coerce_string_type(std::string_view s);

/// coerce_string_type of each; threads: 0 for all cores.
/// Errors: `invalid_argument` for threads below 0
Result<std::vector<CoercedValue>> batch_coerce_string_types(std::span<const std::string_view> strings,
                                                            std::int64_t threads = 0);

}  // namespace paritas
