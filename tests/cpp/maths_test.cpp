#include "paritas/base/maths.hpp"

#include <cmath>
#include <limits>

#include "base/log2_exact.hpp"
#include "paritas/base/random.hpp"
#include "vectors.hpp"
#ifdef PARITAS_QUADMATH
#include <quadmath.h>
#endif

namespace paritas::tests {
namespace {

// Something wider than double to measure against: 113 bits with GCC's libquadmath, else the 64 bits of long double.
#ifdef PARITAS_QUADMATH
using Wide = __float128;
Wide wide_log(Wide x) { return logq(x); }
Wide wide_log2(Wide x) { return log2q(x); }
Wide wide_exp(Wide x) { return expq(x); }
constexpr bool kDecidesRounding = true;
#else
using Wide = long double;
Wide wide_log(Wide x) { return std::log(x); }
Wide wide_log2(Wide x) { return std::log2(x); }
Wide wide_exp(Wide x) { return std::exp(x); }
constexpr bool kDecidesRounding = false;
#endif

constexpr int kArguments = 400000;  // for each kind of argument

double ulp(double y) {
  int exponent = 0;
  std::frexp(y, &exponent);
  return std::ldexp(1.0, std::max(exponent - 53, -1074));
}

struct Measured {
  double worst = 0.0;  // in ulp
  int not_nearest = 0;
};

template <class Draw>
Measured measure(double (*function)(double) noexcept, Wide (*oracle)(Wide), Draw draw) {
  Measured out;
  for (int i = 0; i < kArguments; ++i) {
    const double x = draw();
    const double y = function(x);
    const Wide exact = oracle(static_cast<Wide>(x));
    const auto nearest = static_cast<double>(exact);
    const Wide distance = static_cast<Wide>(y) - exact;
    const auto error = static_cast<double>((distance < 0 ? -distance : distance) / static_cast<Wide>(ulp(nearest)));
    if (!(error <= out.worst)) out.worst = error;
    out.not_nearest += y != nearest ? 1 : 0;
  }
  return out;
}

double any_positive(Random& random) {
  return __builtin_bit_cast(double, 1 + random.below(0x7fefffffffffffffu));  // every exponent, subnormals too
}
double near_one(Random& random) { return 1.0 + (random.unit() - 0.5) * std::ldexp(1.0, -int(random.below(50))); }

}  // namespace

TEST_CASE("log, log2 and exp agree with their vectors") {
  for (const auto& test : load_vectors("maths")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test["given"];
      const auto& name = given.at("function");
      const double x = number(given.at("x"));
      CHECK(outcome(name == "log" ? log(x) : name == "log2" ? log2(x) : exp(x)).dump() == test["expect"].dump());
    }
  }
}

TEST_CASE("errors stay below 0.52 ulp", "[maths]") {
  REQUIRE(std::numeric_limits<Wide>::digits != 53);
  Random random(2024);
  const auto everywhere = [&] { return any_positive(random); };
  const auto middle = [&] { return 0.5 + 1.5 * random.unit(); };
  const auto close = [&] { return near_one(random); };
  for (const auto& [function, oracle] : {std::pair(&log, &wide_log), std::pair(&log2, &wide_log2)}) {
    CHECK(measure(function, oracle, everywhere).worst < 0.52);
    CHECK(measure(function, oracle, middle).worst < 0.52);
    CHECK(measure(function, oracle, close).worst < 0.52);
  }
  CHECK(measure(&exp, &wide_exp, [&] { return -745.0 + 1454.7 * random.unit(); }).worst < 0.52);
  CHECK(measure(&exp, &wide_exp, [&] {
          return (random.unit() - 0.5) * std::ldexp(1.0, -int(random.below(60)));
        }).worst < 0.52);
  CHECK(measure(&exp, &wide_exp, [&] { return -706.0 - 39.1 * random.unit(); }).worst <
        0.52);  // small and subnormal results
}

TEST_CASE("log2 gives the nearest double where it promises to", "[maths]") {
  if (!kDecidesRounding) return;  // 64 bits cannot tell; the digests of the Williams numbers can
  Random random(53);
  const auto whole = [&] { return static_cast<double>(1 + random.below(std::uint64_t{1} << (1 + random.below(53)))); };
  CHECK(measure(&log2, &wide_log2, whole).not_nearest == 0);
  const auto outside = [&] {
    const double x = any_positive(random);
    return x < 0.6875 || x > 1.375 ? x : 3.0;
  };
  CHECK(measure(&log2, &wide_log2, outside).not_nearest == 0);
  double next = 0.0;
  CHECK(measure(&log2, &wide_log2, [&] { return ++next; }).not_nearest == 0);  // 1, 2, ... 400,000
}

TEST_CASE("the slow way of log2 agrees with the fast one", "[maths]") {
  Random random(120);
  for (int i = 0; i < 20000; ++i) {
    const double x = any_positive(random);
    int exponent = 0;
    const double m = std::frexp(x, &exponent);
    if (m == 0.5 || (x >= 0.6875 && x <= 1.375)) continue;
    CHECK(maths::log2_exact(static_cast<std::uint64_t>(m * 0x1p53), exponent - 1) == log2(x));
  }
}

TEST_CASE("log2 is exact for every power of two") {
  for (int e = -1074; e <= 1023; ++e) CHECK(log2(std::ldexp(1.0, e)) == e);
}

}  // namespace paritas::tests
