#pragma once
#include <cstdint>
#include <string_view>

namespace paritas {

/// The double nearest to digits * 10^exponent, ties to even: correctly rounded for any number of digits.
///
/// digits:   ASCII decimal digits, most significant first; none counts as 0
/// Returns:  infinity where the value is too large, 0.0 where it is too small.
double parse_decimal(std::string_view digits, std::int64_t exponent);

}  // namespace paritas
