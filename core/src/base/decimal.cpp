#include "paritas/base/decimal.hpp"

#include <limits>
#include <vector>

namespace paritas {
namespace {

constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};  // all exact

// A double is decided by its first 768 digits and whether anything follows; a few more do no harm.
constexpr std::size_t kDigits = 800;

/// A whole number of any size, 32 bits a limb, the lowest first.
using Big = std::vector<std::uint32_t>;

void multiply_add(Big& big, std::uint32_t factor, std::uint32_t addend) {
  std::uint64_t carry = addend;
  for (std::uint32_t& limb : big) {
    carry += static_cast<std::uint64_t>(limb) * factor;
    limb = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) big.push_back(static_cast<std::uint32_t>(carry));
}

void multiply_power_of_ten(Big& big, std::int64_t power) {
  for (; power >= 9; power -= 9) multiply_add(big, 1000000000u, 0);
  for (; power > 0; --power) multiply_add(big, 10u, 0);
}

std::int64_t bits(const Big& big) {
  if (big.empty()) return 0;
  return static_cast<std::int64_t>(big.size()) * 32 - __builtin_clz(big.back());
}

void shift_left(Big& big, std::int64_t count) {
  const auto limbs = static_cast<std::size_t>(count / 32);
  const auto rest = static_cast<unsigned>(count % 32);
  if (rest != 0) {
    std::uint32_t carry = 0;
    for (std::uint32_t& limb : big) {
      const std::uint32_t next = limb >> (32 - rest);
      limb = limb << rest | carry;
      carry = next;
    }
    if (carry != 0) big.push_back(carry);
  }
  big.insert(big.begin(), limbs, 0u);
}

int compare(const Big& a, const Big& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (std::size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

void subtract(Big& a, const Big& b) {  // a >= b
  std::int64_t borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::int64_t value = static_cast<std::int64_t>(a[i]) - borrow - (i < b.size() ? b[i] : 0);
    borrow = value < 0 ? 1 : 0;
    if (value < 0) value += std::int64_t{1} << 32;
    a[i] = static_cast<std::uint32_t>(value);
  }
  while (!a.empty() && a.back() == 0) a.pop_back();
}

/// numerator / denominator, rounded once. Long division bit by bit: 55 bits of the quotient and whether any rest remains.
double divide(Big numerator, Big denominator) {
  // The quotient lies in [2^53, 2^55): 53 bits, one for the rounding, and one of doubt.
  std::int64_t shift = 54 - (bits(numerator) - bits(denominator));
  // Below the normal range the last place has a fixed worth: 2^-1074, kept one bit further down for the rounding.
  if (shift > 1075) shift = 1075;
  if (shift >= 0) {
    shift_left(numerator, shift);
  } else {
    shift_left(denominator, -shift);
  }
  std::uint64_t quotient = 0;
  const std::int64_t steps = bits(numerator) - bits(denominator);
  if (steps >= 0) shift_left(denominator, steps);
  for (std::int64_t i = steps; i >= 0; --i) {
    quotient <<= 1;
    if (compare(numerator, denominator) >= 0) {
      subtract(numerator, denominator);
      quotient |= 1;
    }
    // denominator / 2: it was shifted left, so no bit is lost before the last step
    if (i > 0) {
      std::uint32_t carry = 0;
      for (std::size_t j = denominator.size(); j-- > 0;) {
        const std::uint32_t next = denominator[j] << 31;
        denominator[j] = denominator[j] >> 1 | carry;
        carry = next;
      }
      while (!denominator.empty() && denominator.back() == 0) denominator.pop_back();
    }
  }
  bool rest = !numerator.empty();
  std::int64_t exponent = -shift;
  while (quotient >= (std::uint64_t{1} << 54)) {
    rest = rest || (quotient & 1) != 0;
    quotient >>= 1;
    ++exponent;
  }
  // The lowest bit decides the rounding, with the rest behind it.
  const bool half = (quotient & 1) != 0;
  quotient >>= 1;
  ++exponent;
  if (half && (rest || (quotient & 1) != 0)) ++quotient;
  double value = static_cast<double>(quotient);  // at most 2^53: exact
  for (; exponent > 0 && value <= std::numeric_limits<double>::max(); --exponent) value *= 2.0;
  // Going down in steps of a power of two is exact: quotient was cut to the bits that its magnitude can hold.
  for (; exponent <= -1000; exponent += 1000) value *= 0x1p-1000;
  for (; exponent < 0; ++exponent) value *= 0.5;
  return value;
}

}  // namespace

double parse_decimal(std::string_view digits, std::int64_t exponent) {
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  while (!digits.empty() && digits.back() == '0') {
    digits.remove_suffix(1);
    ++exponent;
  }
  if (digits.empty()) return 0.0;
  const auto count = static_cast<std::int64_t>(digits.size());
  if (count <= 15 && exponent >= -22 && exponent <= 22) {  // both exact: one rounding
    std::uint64_t value = 0;
    for (const char digit : digits) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    const auto whole = static_cast<double>(value);
    return exponent < 0 ? whole / kPowers[-exponent] : whole * kPowers[exponent];
  }
  if (count + exponent > 310) return std::numeric_limits<double>::infinity();
  if (count + exponent < -330) return 0.0;
  Big numerator;
  for (std::size_t i = 0; i < digits.size() && i < kDigits; ++i) {
    multiply_add(numerator, 10u, static_cast<std::uint32_t>(digits[i] - '0'));
    if (numerator.empty()) numerator.push_back(static_cast<std::uint32_t>(digits[i] - '0'));
  }
  if (digits.size() > kDigits) {  // the last digit is no zero: something follows
    exponent += count - static_cast<std::int64_t>(kDigits) - 1;
    multiply_add(numerator, 10u, 1u);
  }
  Big denominator{1};
  if (exponent >= 0) {
    multiply_power_of_ten(numerator, exponent);
  } else {
    multiply_power_of_ten(denominator, -exponent);
  }
  return divide(std::move(numerator), std::move(denominator));
}

}  // namespace paritas
