#pragma once
#include <cstdint>
#include <string_view>

#include "text/lexicon.hpp"

namespace paritas {

enum class NumberKind : std::uint8_t { quantity, ordinal, date, decade, time };

/// What the digits of a number term say.
struct NumberTerm {
  std::size_t end = 0;           // one past it in the text
  std::size_t digits_start = 0;  // the integer part, its groups, the point and the fraction
  std::size_t digits_end = 0;
  std::int64_t exponent = 0;      // of the last digit, with the scale of the suffix
  std::uint64_t leading = 0;      // the first 18 significant digits
  std::uint32_t significant = 0;  // digits from the first that is not 0
  std::uint32_t trailing = 0;     // zeros at their end
  std::uint32_t fraction = 0;     // digits behind the point
  std::uint32_t written = 0;      // digits of a plain number: digits and nothing else; 0 for any other
  NumberKind kind = NumberKind::quantity;
  bool scaled = false;  // the suffix is a power of ten
  std::uint8_t unit = 0;
  std::uint16_t year = 0;  // of a date, or of a decade
  std::uint8_t month = 0;
  std::uint8_t day = 0;
  bool ambiguous = false;
  bool twelve = false;  // a time that "am" or "pm" may follow
  std::uint32_t seconds = 0;

  [[nodiscard]] bool plain() const { return written > 0; }
  /// The value of at most two plain digits, else -1.
  [[nodiscard]] int small() const { return written >= 1 && written <= 2 ? static_cast<int>(leading) : -1; }
};

/// Turns hours of a half day into hours of the day: 12 am is 0, 12 pm is 12.
void set_meridiem(NumberTerm& time, bool afternoon);

/// What stands before a number: a currency sign, and one of "the early late mid".
struct BeforeNumber {
  bool currency = false;
  bool decade = false;
};

/// Reads the number term that starts at `at`, which holds a digit, or a point before a digit.
/// False when a word starts there: 3D, 1.2.3.
bool read_number_term(std::string_view text, std::size_t at, BeforeNumber before, NumberTerm& term);

/// digits * 10^(exponent + more), with `appended` behind the digits ("5" for "and a half") as it stands.
double value_of(std::string_view text, const NumberTerm& term, std::int64_t exponent, std::string_view appended = {});

}  // namespace paritas
