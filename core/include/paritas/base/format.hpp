#pragma once
#include <string>

namespace paritas {

/// The shortest decimal that reads back as the same double, and of those the nearest: "0.1", "1.0", "1e-05", "nan", "inf".
/// At least one digit after the point; an exponent below 1e-4 and from 1e16 on.
std::string shortest_decimal(double value);

/// A double with a fixed number of digits after the point, from 0 to 1100: its exact binary value rounded once, ties to
/// the even digit. "nan", "inf" or "-inf" where it is no finite number.
std::string fixed_decimal(double value, int decimals);

}  // namespace paritas
