#include "paritas/base/decimal.hpp"

#include <cstdlib>
#include <cstring>

#include "paritas/base/random.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

std::string digits(Random& random, std::uint64_t count) {
  std::string out;
  for (std::uint64_t i = 0; i < count; ++i) out.push_back(static_cast<char>('0' + random.below(10)));
  return out;
}

/// glibc's strtod is correctly rounded.
bool agrees(const std::string& text, std::int64_t exponent) {
  const double ours = parse_decimal(text, exponent);
  const double theirs = std::strtod((text + "e" + std::to_string(exponent)).c_str(), nullptr);
  return std::memcmp(&ours, &theirs, sizeof ours) == 0;
}

}  // namespace

TEST_CASE("parse_decimal is correctly rounded") {
  Random random(1);
  std::size_t wrong = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = digits(random, 1 + random.below(25));
    wrong += agrees(text, static_cast<std::int64_t>(random.below(700)) - 350) ? 0 : 1;
  }
  for (int i = 0; i < 300; ++i) {
    const std::string text = digits(random, 700 + random.below(400));
    wrong += agrees(text, -static_cast<std::int64_t>(random.below(1300))) ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEST_CASE("parse_decimal rounds halves to even and keeps what comes after them") {
  CHECK(parse_decimal("9007199254740993", 0) == 9007199254740992.0);
  CHECK(parse_decimal("90071992547409930000000000000000000001", -22) == 9007199254740994.0);
  CHECK(parse_decimal("9007199254740993" + std::string(900, '0') + "1", -901) == 9007199254740994.0);
  CHECK(parse_decimal("24703282292062327", -340) == 0.0);
  CHECK(parse_decimal("24703282292062328", -340) == 5e-324);
  CHECK(parse_decimal("17976931348623159", 292) == std::strtod("inf", nullptr));
  CHECK(parse_decimal("", 5) == 0.0);
  CHECK(parse_decimal("000", 400) == 0.0);
}

}  // namespace paritas::tests
