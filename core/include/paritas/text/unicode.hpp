#pragma once
#include <array>
#include <cstdint>
#include <string>

namespace paritas {

// All of it from Unicode 14.0.0, whatever the machine knows: tables made by tools/unicode/make_tables.py.

/// General category.
enum class Category : std::uint8_t {
  Cn,
  Lu,
  Ll,
  Lt,
  Lm,
  Lo,
  Mn,
  Mc,
  Me,
  Nd,
  Nl,
  No,
  Pc,
  Pd,
  Ps,
  Pe,
  Pi,
  Pf,
  Po,
  Sm,
  Sc,
  Sk,
  So,
  Zs,
  Zl,
  Zp,
  Cc,
  Cf,
  Cs,
  Co,
};

/// Cn above U+10FFFF.
Category category(char32_t code_point) noexcept;

constexpr bool is_letter(Category c) noexcept { return c >= Category::Lu && c <= Category::Lo; }
constexpr bool is_mark(Category c) noexcept { return c >= Category::Mn && c <= Category::Me; }
constexpr bool is_number(Category c) noexcept { return c >= Category::Nd && c <= Category::No; }

/// 0 to 9 for a decimal digit (Nd) of any script, else -1.
int digit_value(char32_t code_point) noexcept;

/// Appends the full lower-case mapping of one code point, without context: a capital sigma gives U+03C3.
void append_lower(std::u32string& out, char32_t code_point);

/// What a code point is to a reader of words; the first that fits, in this order.
enum class TextClass : std::uint8_t {
  space,        // Z*, U+0009-000D, U+0085, U+200B
  transparent,  // never ends a word and is no part of its key: soft hyphen, joiners, variation selectors
  unspaced,     // letters and marks of scripts written without spaces: Thai, Lao, Burmese, Khmer, Kana, Han
  apostrophe,
  letter,  // L*
  mark,    // M*
  digit,   // Nd
  hyphen,
  dash,  // U+2012-2015
  other,
};

inline constexpr std::array<TextClass, 128> kAsciiClass = [] {
  std::array<TextClass, 128> classes{};
  for (unsigned c = 0; c < 128; ++c) {
    classes[c] = c == ' ' || (c >= 9 && c <= 13)                    ? TextClass::space
                 : c == '\'' || c == '`'                            ? TextClass::apostrophe
                 : (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? TextClass::letter
                 : c >= '0' && c <= '9'                             ? TextClass::digit
                 : c == '-'                                         ? TextClass::hyphen
                                                                    : TextClass::other;
  }
  return classes;
}();

/// The class of a code point of any value; `other` above U+10FFFF.
TextClass text_class_of(char32_t code_point) noexcept;
inline TextClass text_class(char32_t code_point) noexcept {
  return code_point < 128 ? kAsciiClass[code_point] : text_class_of(code_point);
}

}  // namespace paritas
