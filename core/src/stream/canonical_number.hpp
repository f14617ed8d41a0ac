#pragma once
#include <cstdint>
#include <string>

namespace paritas {

/// Appends a whole number in decimal.
void append_digits(std::string& out, std::uint64_t value);

}  // namespace paritas
