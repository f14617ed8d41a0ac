#include "paritas/base/maths.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/log2_exact.hpp"
#include "base/maths_tables.hpp"

namespace paritas {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t kSmallestNormal = 0x0010000000000000u;
constexpr std::uint64_t kInfinityBits = 0x7ff0000000000000u;

std::uint64_t to_bits(double x) noexcept { return __builtin_bit_cast(std::uint64_t, x); }
double to_double(std::uint64_t bits) noexcept { return __builtin_bit_cast(double, bits); }

/// The upper 21 bits of the fraction of x: short enough for exact products with 32 bits.
double upper_part(double x) noexcept { return to_double(to_bits(x) & 0xffffffff00000000u); }

/// x = m * 2^exponent, m in the interval `at` of the tables; m * inverse = 1 + high + low, both exact.
struct Reduced {
  double exponent;
  std::size_t at;
  double high;
  double low;
};

/// For the bits of a positive, finite and normal x; `shift` is added to its exponent.
Reduced reduce(std::uint64_t bits, int shift) noexcept {
  const std::uint64_t distance = bits - 0x3fe6000000000000u;  // from 0.6875, where the intervals begin
  const auto exponent = static_cast<int>(static_cast<std::int64_t>(distance) >> 52);
  const std::size_t at = (distance >> 45) & 127u;
  const double m = to_double(bits - (distance & 0xfff0000000000000u));
  const double inverse = maths::kLogInverse[at];
  const double upper = upper_part(m);
  return {static_cast<double>(exponent + shift), at, upper * inverse - 1.0, (m - upper) * inverse};
}

/// Within [1 - 2^-8, 1 + 2^-7) a sum with the table would cancel; x - 1 is exact there.
bool near_one(std::uint64_t bits) noexcept {
  return bits - 0x3fefe00000000000u < 0x3ff0200000000000u - 0x3fefe00000000000u;  // one comparison: two mispredict
}

// The factors of r^2 and the powers that follow, in pairs: the order of additions is part of the result.
double seven_terms(const double* c, double r, double r2) noexcept {
  return ((c[0] + r * c[1]) + r2 * (c[2] + r * c[3])) + (r2 * r2) * ((c[4] + r * c[5]) + r2 * c[6]);
}
double nine_terms(const double* c, double r, double r2) noexcept {
  const double r4 = r2 * r2;
  return ((c[0] + r * c[1]) + r2 * (c[2] + r * c[3])) + r4 * (((c[4] + r * c[5]) + r2 * (c[6] + r * c[7])) + r4 * c[8]);
}

/// The logarithm, to any base, of what has no finite one: 0, negative numbers, infinity and NaN.
double log_outside(double x) noexcept {
  if (x == 0.0) return -kInfinity;
  return x > 0.0 ? kInfinity : kNan;
}

/// Subnormal numbers are brought up by 2^52 first.
bool is_normal(std::uint64_t bits) noexcept { return bits - kSmallestNormal < kInfinityBits - kSmallestNormal; }

double log_normal(std::uint64_t bits, int shift) noexcept {
  const Reduced x = reduce(bits, shift);
  const double r = x.high + x.low;
  const double r2 = r * r;
  const auto& [table_high, table_low] = maths::kLn[x.at];
  const double high = (x.exponent * maths::kLn2High + table_high) + x.high;  // multiples of 2^-42 below 2^10: exact
  const double low = ((x.exponent * maths::kLn2Low + table_low) + x.low) + r2 * seven_terms(maths::kLnTerms, r, r2);
  return high + low;
}

double log2_normal(std::uint64_t bits, int shift) noexcept {
  const Reduced x = reduce(bits, shift);
  const double r = x.high + x.low;
  const double r2 = r * r;
  const auto& [table_high, table_low] = maths::kLog2[x.at];
  const double start = x.exponent + table_high;      // exact
  const double linear = x.high * maths::kLog2EHigh;  // exact: 35 bits by 18
  const double high = start + linear;                // |linear| < |start|, so the next line finds what this rounded
  const double lost = linear - (high - start);
  const double small = (table_low + x.high * maths::kLog2ELow) + x.low * maths::kLog2E;
  const double low = (lost + small) + r2 * seven_terms(maths::kLog2Terms, r, r2);
  if (x.exponent == 0.0) return high + low;
  // The true value lies within 2^-66 of high + low (docs/maths.md). Where both ends round alike, so does it.
  const double up = high + (low + 0x1p-66);
  if (up == high + (low - 0x1p-66)) return up;
  const std::uint64_t fraction = (bits & 0x000fffffffffffffu) | kSmallestNormal;
  return maths::log2_exact(fraction, static_cast<int>(bits >> 52) - 1023 + shift);
}

}  // namespace

double log(double x) noexcept {
  const std::uint64_t bits = to_bits(x);
  if (near_one(bits)) {
    const double r = x - 1.0;
    const double r2 = r * r;
    return r + r2 * nine_terms(maths::kLnTerms, r, r2);
  }
  if (is_normal(bits)) [[likely]]
    return log_normal(bits, 0);
  return bits - 1 < kSmallestNormal - 1 ? log_normal(to_bits(x * 0x1p52), -52) : log_outside(x);
}

double log2(double x) noexcept {
  const std::uint64_t bits = to_bits(x);
  if (near_one(bits)) {
    const double r = x - 1.0;
    const double r2 = r * r;
    const double upper = upper_part(r);
    const double low = upper * maths::kLog2ELow + (r - upper) * maths::kLog2E;
    return upper * maths::kLog2EHigh + (low + r2 * nine_terms(maths::kLog2Terms, r, r2));
  }
  if (is_normal(bits)) [[likely]]
    return log2_normal(bits, 0);
  return bits - 1 < kSmallestNormal - 1 ? log2_normal(to_bits(x * 0x1p52), -52) : log_outside(x);
}

double exp(double x) noexcept {
  if (!(x > -746.0 && x < 710.0)) {
    if (x >= 710.0) return kInfinity;
    return x <= -746.0 ? 0.0 : kNan;
  }
  // x = (steps * ln 2) / 128 + r; adding 1.5 * 2^52 rounds to a whole number.
  const double steps = (x * maths::kSteps + 0x1.8p52) - 0x1.8p52;
  const auto count = static_cast<std::int32_t>(steps);
  const double r = (x - steps * maths::kStepHigh) - steps * maths::kStepLow;
  const double r2 = r * r;
  const double* c = maths::kExpTerms;
  const auto& [power, rest] = maths::kPowers[count & 127];
  const double part = ((rest + r) + r2 * (c[0] + r * c[1])) + (r2 * r2) * ((c[2] + r * c[3]) + r2 * c[4]);
  const int exponent = count >> 7;             // x is near 2^exponent * power
  if (exponent >= -900 && exponent <= 1022) {  // below, scale * part would lose bits
    const double scale = to_double(to_bits(power) + (static_cast<std::uint64_t>(exponent) << 52));
    return scale + scale * part;
  }
  if (exponent > 0) {  // the last step may overflow, as it should
    const double scale = to_double(to_bits(power) + (std::uint64_t{1022} << 52));
    return (scale + scale * part) * to_double(static_cast<std::uint64_t>(exponent - 1022 + 1023) << 52);
  }
  // Towards subnormal results: 2^1022 times as large at first, and rounded once to what will be left of it.
  const double scale = to_double(to_bits(power) + (static_cast<std::uint64_t>(exponent + 1022) << 52));
  double value = scale + scale * part;
  if (value < 1.0) {
    const double lost = (scale - value) + scale * part;
    const double above = 1.0 + value;
    value = (above + (((1.0 - above) + value) + lost)) - 1.0;
  }
  return value * 0x1p-1022;
}

}  // namespace paritas
