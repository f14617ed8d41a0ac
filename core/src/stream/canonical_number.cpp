#include "canonical_number.hpp"

#include <string_view>

#include "paritas/base/format.hpp"
#include "paritas/stream/canonical_json.hpp"

namespace paritas {

void append_digits(std::string& out, std::uint64_t value) {
  char digits[20];
  std::size_t at = sizeof digits;
  do {
    digits[--at] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  out.append(digits + at, sizeof digits - at);
}

namespace {

/// Shortest digits of a positive double: d1d2d3 with value = 0.d1d2d3... * 10^point, no zero at the end.
struct Digits {
  char at[24];
  int size = 0;
  int point = 0;
};

void take_digits(Digits& out, std::uint64_t whole, int scale) {
  char reversed[20];
  int count = 0;
  for (; whole != 0; whole /= 10) reversed[count++] = static_cast<char>('0' + whole % 10);
  for (int i = 0; i < count; ++i) out.at[i] = reversed[count - 1 - i];
  out.size = count;
  out.point = count - scale;
}

Digits shortest_digits(double value) {
  Digits out;
  // Both operands are exact up to 10^22, so the quotient is rounded once: it tells whether whole / 10^k reads as the
  // value. At most 15 digits are the only ones that short that do, and the least k has the fewest.
  double power = 1.0;
  for (int k = 0; k <= 22; ++k, power *= 10.0) {
    const double scaled = value * power;
    if (!(scaled < 1e15)) break;
    const auto whole = static_cast<std::uint64_t>(scaled + 0.5);
    if (whole != 0 && static_cast<double>(whole) / power == value) {
      take_digits(out, whole, k);
      while (out.size > 1 && out.at[out.size - 1] == '0') --out.size;
      return out;
    }
  }
  const std::string text = shortest_decimal(value);  // "123.25", "1e-07", "1.5e+300"
  int exponent = 0;
  const std::size_t e = text.find('e');
  if (e != std::string::npos) {
    for (std::size_t i = e + 2; i < text.size(); ++i) exponent = 10 * exponent + (text[i] - '0');
    if (text[e + 1] == '-') exponent = -exponent;
  }
  const std::string_view mantissa = std::string_view(text).substr(0, e);
  const std::size_t dot = mantissa.find('.');
  out.point = static_cast<int>(dot == std::string_view::npos ? mantissa.size() : dot) + exponent;
  for (const char c : mantissa) {
    if (c == '.') continue;
    if (out.size == 0 && c == '0') {
      --out.point;
    } else {
      out.at[out.size++] = c;
    }
  }
  while (out.size > 1 && out.at[out.size - 1] == '0') --out.size;
  return out;
}

}  // namespace

void append_ecmascript(std::string& out, double value) {
  if (value == 0.0) {
    out += '0';
    return;
  }
  if (value < 0.0) out += '-';
  const double size = value < 0.0 ? -value : value;
  if (size < 9007199254740992.0) {
    const auto whole = static_cast<std::uint64_t>(size);
    if (static_cast<double>(whole) == size) return append_digits(out, whole);
  }
  const Digits digits = shortest_digits(size);
  const auto part = [&](int from, int to) { out.append(digits.at + from, static_cast<std::size_t>(to - from)); };
  if (digits.size <= digits.point && digits.point <= 21) {
    part(0, digits.size);
    out.append(static_cast<std::size_t>(digits.point - digits.size), '0');
  } else if (0 < digits.point && digits.point <= 21) {
    part(0, digits.point);
    out += '.';
    part(digits.point, digits.size);
  } else if (-6 < digits.point && digits.point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-digits.point), '0');
    part(0, digits.size);
  } else {
    part(0, 1);
    if (digits.size > 1) {
      out += '.';
      part(1, digits.size);
    }
    const int exponent = digits.point - 1;
    out += exponent < 0 ? "e-" : "e+";
    append_digits(out, static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent));
  }
}

}  // namespace paritas
