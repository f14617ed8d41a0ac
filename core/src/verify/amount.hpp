#pragma once
#include <cstdint>
#include <string_view>

#include "base/inline_vector.hpp"
#include "text/tokens.hpp"

namespace paritas {

enum class Operator : std::uint8_t { eq, ge, gt, le, lt, approx };

/// A number of a text: tokens [first, last).
struct Amount {
  std::uint32_t first = 0, last = 0;
  NumberKind kind = NumberKind::quantity;
  Operator op = Operator::eq;
  bool soft = false;
  bool half = false;
  bool ambiguous = false;
  std::uint8_t month = 0, day = 0;
  std::uint8_t noun_count = 0;
  std::uint16_t year = 0;
  std::uint8_t unit = 0;          // number of its unit in the lexicon
  std::uint8_t power = 1;         // 2 of a square unit, 3 of a cubic one
  std::uint32_t significant = 9;  // digits that say something; number words count as 9
  double value = 0.0;
  double step = 0.0;  // what one unit of the last written digit of a scaled number term is worth
  Symbol per;
  Symbol nouns[2];

  [[nodiscard]] bool hard() const { return !soft; }
  /// 0 without a unit; a square or cubic dimension differs from every plain one.
  [[nodiscard]] unsigned dimension() const {
    return unit == 0 ? 0 : lexicon::kUnitTable[unit].dimension + 64u * (power - 1u);
  }
  [[nodiscard]] bool is(lexicon::Dimension wanted) const { return dimension() == static_cast<unsigned>(wanted); }
  [[nodiscard]] double factor() const {
    const double one = lexicon::kUnitTable[unit].factor;
    return power == 1 ? one : power == 2 ? one * one : one * one * one;
  }
};

using AmountList = InlineVector<Amount, 8>;

/// The numbers in order. Marks their tokens; nouns are found later, when the cues are known.
void find_numbers(std::string_view text, Tokens& tokens, AmountList& amounts);

/// What each number counts: up to two content words behind it, else the nearest before it.
void find_nouns(const Tokens& tokens, AmountList& amounts);

/// A value in words, up to the token `end`; end 0 when none stands there.
struct Fraction {
  double percent;
  std::uint32_t end;
  bool half;
};
struct NumberWords {
  double value;
  std::uint32_t end;
  bool soft;
};
/// two-thirds, one quarter, half.
Fraction read_fraction(const TokenList& tokens, std::uint32_t at);
/// two hundred and five, a dozen, three and a half; "one" alone is soft.
NumberWords read_words(const TokenList& tokens, std::uint32_t at);
/// The token after a hyphen that stands here without spaces; `at` itself when there is none.
std::uint32_t behind_hyphen(const TokenList& tokens, std::uint32_t at);
/// What the words before token `first` or behind token `last` - 1 make of a number.
Operator read_operator(const TokenList& tokens, std::uint32_t first, std::uint32_t last);

}  // namespace paritas
