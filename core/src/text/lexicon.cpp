#include "text/lexicon.hpp"

#include <cstring>

namespace paritas::lexicon {

// The tables are filled when the library is loaded, in microseconds: written out they would be 4 KB more in the module.
const std::array<Symbol, kWords + 1> kSymbols = [] {
  std::array<Symbol, kWords + 1> symbols{};
  char word[16] = {};
  const std::uint8_t* at = kSpellings;
  for (std::size_t number = 1; number <= kWords; ++number) {
    const std::size_t shared = *at >> 4, added = *at & 15;
    std::memcpy(word + shared, at + 1, added);
    at += 1 + added;
    symbols[number] = Symbol::of_short(word, shared + added);
  }
  return symbols;
}();

const std::array<std::uint16_t, kSlots> kSlotWords = [] {
  std::array<std::uint16_t, kSlots> slots{};
  for (std::uint16_t number = 1; number <= kWords; ++number) slots[slot_of(kSymbols[number])] = number;
  return slots;
}();

const std::array<std::uint8_t, kWords + 1> kRoles = [] {
  std::array<std::uint8_t, kWords + 1> roles{};
  for (std::uint16_t number = 0; number <= kWords; ++number) {
    const Word& lex = word_of(number);
    const bool named = number == word::k_a || number == word::k_an || number == word::k_half;
    const bool begins = named || lex.month != 0 || lex.unit_value >= 0 || lex.tens != 0 || lex.ordinal != 0;
    unsigned all = 0;
    if (begins) all |= kBeginsNumber;
    if (lex.is(k_cue)) all |= kCue;
    if (lex.is(k_cue_stem)) all |= kCueStem;
    if (lex.antonyms.count != 0) all |= kOpposite;
    if (lex.negated) all |= kContraction;
    if (lex.is(k_stop)) all |= kStop;
    if (lex.is(k_negative)) all |= kNegative;
    roles[number] = static_cast<std::uint8_t>(all);
  }
  return roles;
}();

const std::array<std::uint16_t, kWords + 1> kRoots = [] {
  std::array<std::uint16_t, kWords + 1> roots{};
  for (std::uint16_t number = 1; number <= kWords; ++number) {
    const Word& lex = word_of(number);
    roots[number] = lex.stem != 0 ? lex.stem : number;
  }
  return roots;
}();

std::uint8_t unit_symbol(std::string_view surface) noexcept {
  if (surface.empty() || surface.size() > 4) return 0;
  std::uint32_t text = 0;
  std::memcpy(&text, surface.data(), surface.size());
  const UnitSymbol& symbol = kSymbolTable[text * kSymbolMix >> (32 - kSymbolBits)];
  return symbol.text == text && surface.back() != 0 ? symbol.unit : std::uint8_t{0};
}

std::uint8_t currency_sign(char32_t mark) noexcept {
  switch (mark) {
    case U'$':
      return unit::k_USD;
    case U'€':
      return unit::k_EUR;
    case U'£':
      return unit::k_GBP;
    case U'¥':
    case U'￥':
      return unit::k_JPY;
    case U'₹':
      return unit::k_INR;
    case U'₩':
      return unit::k_KRW;
    case U'₽':
      return unit::k_RUB;
    case U'₺':
      return unit::k_TRY;
    default:
      return 0;
  }
}

std::uint8_t unit_mark(char32_t mark) noexcept {
  switch (mark) {
    case U'%':
    case U'٪':
    case U'％':
      return unit::k_percent;
    case U'‰':
      return unit::k_permille;
    case U'°':
      return unit::k_degree;
    case U'℃':
      return unit::k_celsius;
    case U'℉':
      return unit::k_fahrenheit;
    default:
      return 0;
  }
}

}  // namespace paritas::lexicon
