#include <charconv>

#include "paritas/base/decimal.hpp"
#include "paritas/text/unicode.hpp"
#include "verify/amount.hpp"

namespace paritas {
namespace {

using lexicon::Word;
namespace word = lexicon::word;

std::uint16_t word_at(const TokenList& tokens, std::uint32_t at) {
  return at < tokens.size() && tokens[at].is_word() ? tokens[at].word : std::uint16_t{0};
}

/// The lexicon's record of a word; that of the unknown word for any other term and past the end.
const Word& lex_at(const TokenList& tokens, std::uint32_t at) { return lexicon::word_of(word_at(tokens, at)); }

struct Small {
  int value;  // 0 to 99, or -1
  std::uint32_t end;
};

Small below_hundred(const TokenList& tokens, std::uint32_t at) {
  const Word& first = lex_at(tokens, at);
  if (first.unit_value >= 0) return {first.unit_value, at + 1};
  if (first.tens == 0) return {-1, at};
  const std::uint32_t unit_at = behind_hyphen(tokens, at + 1);
  const int unit = lex_at(tokens, unit_at).unit_value;
  if (unit >= 1 && unit <= 9) return {first.tens + unit, unit_at + 1};
  return {first.tens, at + 1};
}

/// The power of ten of the scale words from here on, each perhaps behind a hyphen; `at` goes past them.
std::int64_t scales(const TokenList& tokens, std::uint32_t& at) {
  std::int64_t exponent = 0;
  for (;;) {
    const std::uint32_t next = behind_hyphen(tokens, at);
    const int scale = lex_at(tokens, next).scale;
    if (scale == 0) return exponent;
    exponent += scale;
    at = next + 1;
  }
}

double value_of_whole(std::uint64_t whole, std::int64_t exponent) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, whole).ptr;
  return parse_decimal({digits, static_cast<std::size_t>(end - digits)}, exponent);
}

std::uint64_t power_of_ten(int exponent) {
  std::uint64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

}  // namespace

std::uint32_t behind_hyphen(const TokenList& tokens, std::uint32_t at) {
  if (at + 1 >= tokens.size() || tokens[at].kind != TermKind::mark) return at;
  if (text_class(tokens[at].mark) != TextClass::hyphen) return at;
  return tokens[at].space_before || tokens[at + 1].space_before ? at : at + 1;
}

Fraction read_fraction(const TokenList& tokens, std::uint32_t at) {
  if (word_at(tokens, at) == word::k_half) return {50.0, at + 1, true};
  const Small dividend = below_hundred(tokens, at);
  if (dividend.value < 1 || dividend.value > 19) return {0.0, 0, false};
  const std::uint32_t divisor_at = behind_hyphen(tokens, dividend.end);
  const Word& divisor = lex_at(tokens, divisor_at);
  if (divisor.divisor == 0 || divisor.plural_divisor != (dividend.value > 1)) return {0.0, 0, false};
  return {static_cast<double>(dividend.value) / static_cast<double>(divisor.divisor) * 100.0, divisor_at + 1, false};
}

NumberWords read_words(const TokenList& tokens, std::uint32_t at) {
  constexpr NumberWords kNothing{0.0, 0, false};
  Small small{1, at + 1};
  if (word_at(tokens, at) == word::k_a || word_at(tokens, at) == word::k_an) {
    const bool scale = lex_at(tokens, at + 1).is(lexicon::k_spoken_scale);
    if (!scale && word_at(tokens, at + 1) != word::k_dozen) return kNothing;
  } else {
    small = below_hundred(tokens, at);
    if (small.value < 0) return kNothing;
  }
  std::uint32_t end = small.end;
  if (word_at(tokens, end) == word::k_and && word_at(tokens, end + 1) == word::k_a &&
      word_at(tokens, end + 2) == word::k_half) {
    end += 3;
    const std::int64_t exponent = scales(tokens, end);
    return {value_of_whole(static_cast<std::uint64_t>(small.value) * 10 + 5, exponent - 1), end, false};
  }
  // Below 1000 trillion, as the scales go down.
  auto value = static_cast<std::uint64_t>(small.value);
  std::uint64_t total = 0;
  int scale_before = 100;
  for (;;) {
    if (word_at(tokens, end) == word::k_hundred && value < 100) {
      value *= 100;
      ++end;
      const Small rest = below_hundred(tokens, end + (word_at(tokens, end) == word::k_and ? 1 : 0));
      if (rest.value > 0) {
        value += static_cast<std::uint64_t>(rest.value);
        end = rest.end;
      }
    }
    const Word& spoken = lex_at(tokens, end);
    const int scale = spoken.is(lexicon::k_spoken_scale) ? spoken.scale : 0;
    if (scale < 3 || scale >= scale_before) break;
    total += value * power_of_ten(scale);
    scale_before = scale;
    ++end;
    const Small next = below_hundred(tokens, end + (word_at(tokens, end) == word::k_and ? 1 : 0));
    if (next.value <= 0) {
      value = 0;
      break;
    }
    value = static_cast<std::uint64_t>(next.value);
    end = next.end;
  }
  total += value;
  if (word_at(tokens, end) == word::k_dozen) {
    total *= 12;
    ++end;
  }
  if (end == at + 1 && word_at(tokens, at) == word::k_one) {
    const bool after = at > 0 && tokens[at - 1].lex().is(lexicon::k_not_one_after);
    if (after || lex_at(tokens, end).is(lexicon::k_not_one_before)) return kNothing;
    return {1.0, end, true};
  }
  const std::int64_t exponent = scales(tokens, end);
  return {value_of_whole(total, exponent), end, false};
}

}  // namespace paritas
