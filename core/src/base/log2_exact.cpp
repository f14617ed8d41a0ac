#include "base/log2_exact.hpp"

#include <bit>

namespace paritas::maths {
namespace {

/// A number in [1, 4) as four words, the upper one first; the upper word has 31 bits after the point.
struct Fixed {
  std::uint32_t words[4];
};

/// The square, cut off after 128 bits; *doubled says that it was at least 2 and has been halved.
Fixed square(const Fixed& m, bool* doubled) noexcept {
  std::uint32_t product[8] = {};
  for (int i = 3; i >= 0; --i) {
    std::uint64_t carry = 0;
    for (int j = 3; j >= 0; --j) {
      carry += std::uint64_t{m.words[i]} * m.words[j] + product[i + j + 1];
      product[i + j + 1] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    product[i] = static_cast<std::uint32_t>(carry);
  }
  // The upper word of the product has 30 bits after the point: as it stands it is half the square.
  *doubled = (product[0] >> 31) != 0;
  Fixed out;
  for (int i = 0; i < 4; ++i) {
    out.words[i] = *doubled ? product[i] : (product[i] << 1) | (product[i + 1] >> 31);
  }
  return out;
}

}  // namespace

// Squaring doubles a logarithm: whether the square passes 2 is its next binary digit. What is cut off at step k moves the
// result by less than 2^-126 * 2^-k, so 120 digits are those of the true value or one below in the last place, and a
// double that is not settled by 120 digits does not exist among whole numbers up to 2^53 (the nearest comes to 2^-108).
double log2_exact(std::uint64_t fraction, int exponent) noexcept {
  const std::uint64_t first = fraction << 11;
  Fixed m{{static_cast<std::uint32_t>(first >> 32), static_cast<std::uint32_t>(first), 0, 0}};
  std::uint64_t digits[2] = {};  // 0.d0 d1 ... d119, then a 1 for what is left
  for (int i = 0; i < 120; ++i) {
    bool doubled = false;
    m = square(m, &doubled);
    if (doubled) digits[i / 64] |= std::uint64_t{1} << (63 - i % 64);
  }
  digits[1] |= 1u << 7;
  // Below 0 the magnitude is (-exponent - 1) + (1 - digits).
  auto whole = static_cast<std::uint64_t>(exponent);
  if (exponent < 0) {
    whole = static_cast<std::uint64_t>(-exponent - 1);
    digits[1] = ~digits[1] + 1;
    digits[0] = ~digits[0] + (digits[1] == 0 ? 1u : 0u);
  }
  // 64 bits from the leading one on, the last of them standing for all that follow: the conversion rounds to nearest.
  const int bits = whole != 0 ? static_cast<int>(std::bit_width(whole)) : -std::countl_zero(digits[0]);
  std::uint64_t window = 0;
  std::uint64_t rest = 0;
  if (bits > 0) {
    window = (whole << (64 - bits)) | (digits[0] >> bits);
    rest = (digits[0] << (64 - bits)) | digits[1];
  } else {
    window = bits == 0 ? digits[0] : (digits[0] << -bits) | (digits[1] >> (64 + bits));
    rest = bits == 0 ? digits[1] : digits[1] << -bits;
  }
  const double magnitude = static_cast<double>(window | (rest != 0 ? 1u : 0u));
  const double unit = __builtin_bit_cast(double, static_cast<std::uint64_t>(1023 + bits - 64) << 52);
  return exponent < 0 ? -(magnitude * unit) : magnitude * unit;
}

}  // namespace paritas::maths
