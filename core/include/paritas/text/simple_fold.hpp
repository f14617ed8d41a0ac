#pragma once

namespace paritas {

/// Simple case folding of one code point: U+004B, U+006B and U+212A (kelvin sign) all give U+006B, U+1E9E gives U+00DF.
///
/// One code point to one code point, so spans stay; a code point without a simple folding, U+0130 too, is its own, and so
/// is any value above U+10FFFF. Two code points that differ in case alone have the same simple folding.
/// Source: Unicode 14, CaseFolding.txt, status C and S.
char32_t simple_fold_of(char32_t code_point) noexcept;
inline char32_t simple_fold(char32_t code_point) noexcept {
  if (code_point < 128) return code_point >= 'A' && code_point <= 'Z' ? code_point + 32 : code_point;
  return simple_fold_of(code_point);
}

/// Simple lower case of one code point: U+0130 gives "i", any value above U+10FFFF and what has no lower case itself.
/// Source: Unicode 14, UnicodeData.txt, Simple_Lowercase_Mapping.
char32_t simple_lower_of(char32_t code_point) noexcept;
inline char32_t simple_lower(char32_t code_point) noexcept {
  if (code_point < 128) return code_point >= 'A' && code_point <= 'Z' ? code_point + 32 : code_point;
  return simple_lower_of(code_point);
}

}  // namespace paritas
