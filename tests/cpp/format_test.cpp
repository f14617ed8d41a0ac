#include "paritas/base/format.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace paritas::tests {

TEST_CASE("numbers are printed as the vectors spell them") {
  CHECK(shortest_decimal(0.1 + 0.2) == "0.30000000000000004");
  CHECK(shortest_decimal(0x1p-44) == "5.684341886080802e-14");  // the nearer one with 16 digits does not read back
  CHECK(shortest_decimal(5e-324) == "5e-324");
  CHECK(shortest_decimal(1e16) == "1e+16");
  CHECK(shortest_decimal(-0.0) == "-0.0");
  CHECK(shortest_decimal(123.0) == "123.0");
  CHECK(shortest_decimal(0.0001) == "0.0001");
  CHECK(fixed_decimal(0.03125, 4) == "0.0312");
  CHECK(fixed_decimal(0.09375, 4) == "0.0938");
  CHECK(fixed_decimal(0.99985, 4) == "0.9999");
  CHECK(fixed_decimal(0.999951, 4) == "1.0000");
  CHECK(fixed_decimal(0.00005, 4) == "0.0001");
  CHECK(fixed_decimal(0.5, 0) == "0");
  CHECK(fixed_decimal(1.5, 0) == "2");
  CHECK(fixed_decimal(-1e22, 2) == "-10000000000000000000000.00");
  CHECK(fixed_decimal(0x1p-1074, 1074).substr(1070) == "265625");
  CHECK(fixed_decimal(std::numeric_limits<double>::infinity(), 4) == "inf");
}

}  // namespace paritas::tests
