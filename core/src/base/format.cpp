#include "paritas/base/format.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include "paritas/base/decimal.hpp"

namespace paritas {
namespace {

/// All digits of a positive finite double: 0.d1d2d3... * 10^point, d1 not 0.
struct Expansion {
  std::string digits;
  std::int64_t point;
};

Expansion expand(double value) {
  const auto bits = __builtin_bit_cast(std::uint64_t, value);
  const auto biased = static_cast<std::int64_t>(bits >> 52 & 0x7FF);
  std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  if (biased != 0) mantissa |= std::uint64_t{1} << 52;
  std::int64_t exponent = (biased == 0 ? 1 : biased) - 1075;
  for (; (mantissa & 1) == 0 && exponent < 0; ++exponent) mantissa >>= 1;
  // m * 2^e is m * 5^-e / 10^-e for a negative e: either way a whole number, 9 digits a limb, the lowest first.
  constexpr std::uint32_t kLimb = 1000000000;
  std::vector<std::uint32_t> limbs;
  for (; mantissa != 0; mantissa /= kLimb) limbs.push_back(static_cast<std::uint32_t>(mantissa % kLimb));
  const std::uint64_t factor = exponent < 0 ? 5 : 2;
  for (std::int64_t left = exponent < 0 ? -exponent : exponent; left > 0; --left) {
    std::uint64_t carry = 0;
    for (std::uint32_t& limb : limbs) {
      carry += limb * factor;
      limb = static_cast<std::uint32_t>(carry % kLimb);
      carry /= kLimb;
    }
    if (carry != 0) limbs.push_back(static_cast<std::uint32_t>(carry));
  }
  std::string digits(limbs.size() * 9, '0');
  for (std::size_t i = 0; i < limbs.size(); ++i) {
    for (std::size_t j = 0; j < 9; ++j, limbs[i] /= 10) {
      digits[digits.size() - 1 - i * 9 - j] = static_cast<char>('0' + limbs[i] % 10);
    }
  }
  digits.erase(0, digits.find_first_not_of('0'));
  const auto whole = static_cast<std::int64_t>(digits.size());
  return {digits, exponent < 0 ? whole + exponent : whole};
}

/// Adds one to the last digit; the point moves where all were 9.
void increment(Expansion& number) {
  std::size_t at = number.digits.size();
  while (at > 0 && number.digits[at - 1] == '9') number.digits[--at] = '0';
  if (at > 0) {
    ++number.digits[at - 1];
    return;
  }
  number.digits.insert(number.digits.begin(), '1');
  ++number.point;
}

/// Cut to its first `keep` digits; whether those that went are more than half of the last place, or half and it is odd.
bool cut(Expansion& number, std::size_t keep) {
  number.digits.resize(keep > number.digits.size() ? keep : number.digits.size(), '0');
  const std::string rest = number.digits.substr(keep);
  number.digits.resize(keep);
  if (rest.empty() || rest[0] < '5') return false;
  const bool tie = rest[0] == '5' && rest.find_first_not_of('0', 1) == std::string::npos;
  return !tie || (keep > 0 && (number.digits[keep - 1] - '0') % 2 == 1);
}

}  // namespace

std::string fixed_decimal(double value, int decimals) {
  if (std::isnan(value)) return "nan";
  const std::string sign = std::signbit(value) ? "-" : "";
  if (std::isinf(value)) return sign + "inf";
  Expansion number{"", 0};
  if (value != 0.0) {
    number = expand(value < 0.0 ? -value : value);
    const std::int64_t keep = number.point + decimals;
    if (keep < 0) {
      number = {"", 0};
    } else if (cut(number, static_cast<std::size_t>(keep))) {
      increment(number);
    }
  }
  // Zeros up to the point, and behind it.
  std::string digits = number.digits;
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return sign + digits;
}

std::string shortest_decimal(double value) {
  if (std::isnan(value)) return "nan";
  const std::string sign = std::signbit(value) ? "-" : "";
  if (std::isinf(value)) return sign + "inf";
  if (value == 0.0) return sign + "0.0";
  const double size = value < 0.0 ? -value : value;
  const Expansion exact = expand(size);
  Expansion best = exact;
  const auto reads_back = [size](const Expansion& number) {
    return parse_decimal(number.digits, number.point - static_cast<std::int64_t>(number.digits.size())) == size;
  };
  for (std::size_t keep = 1; keep <= 17; ++keep) {
    Expansion below = exact;
    const bool nearer_above = cut(below, keep);
    Expansion above = below;
    increment(above);
    best = nearer_above ? above : below;
    if (reads_back(best)) break;
    // Below a power of two doubles lie closer: the farther of the two may read back alone.
    best = nearer_above ? below : above;
    if (reads_back(best)) break;
  }
  std::string digits = best.digits;
  digits.erase(digits.find_last_not_of('0') + 1);
  const std::int64_t exponent = best.point - 1;
  if (exponent >= -4 && exponent < 16) {
    if (best.point <= 0) digits.insert(0, static_cast<std::size_t>(1 - best.point), '0');
    const auto whole = static_cast<std::size_t>(best.point > 0 ? best.point : 1);
    if (digits.size() <= whole) digits.append(whole + 1 - digits.size(), '0');
    digits.insert(whole, 1, '.');
    return sign + digits;
  }
  if (digits.size() > 1) digits.insert(1, 1, '.');
  const std::int64_t power = exponent < 0 ? -exponent : exponent;
  digits += exponent < 0 ? "e-" : "e+";
  if (power < 10) digits += '0';
  return sign + digits + std::to_string(power);
}

}  // namespace paritas
