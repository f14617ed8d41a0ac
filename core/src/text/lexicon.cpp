#include "text/lexicon.hpp"

namespace paritas::lexicon {

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
