#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "paritas/repair/json_repair.hpp"

namespace paritas {

// Code points by what they may stand for in JSON that is none yet.
constexpr bool is_json_space(char32_t ch) noexcept { return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r'; }
constexpr bool is_other_space(char32_t ch) noexcept {
  return ch == 0x85 || ch == 0xA0 || ch == 0x1680 || (ch >= 0x2000 && ch <= 0x200A) || ch == 0x2028 || ch == 0x2029 ||
         ch == 0x202F || ch == 0x205F || ch == 0x3000;
}
/// White space too, and written as nothing.
constexpr bool is_gone(char32_t ch) noexcept {
  return (ch < 0x20 && !is_json_space(ch)) || (ch >= 0x7F && ch < 0xA0 && ch != 0x85) || ch == 0x200B || ch == 0xFEFF;
}
constexpr bool is_white(char32_t ch) noexcept {
  if (ch > 0x20 && ch < 0x7F) return false;
  return is_json_space(ch) || is_gone(ch) || is_other_space(ch);
}
constexpr bool is_double(char32_t ch) noexcept { return ch == '"' || (ch >= 0x201C && ch <= 0x201F); }
constexpr bool is_single(char32_t ch) noexcept {
  return ch == '\'' || ch == '`' || ch == 0xB4 || (ch >= 0x2018 && ch <= 0x201B);
}
constexpr bool is_quote(char32_t ch) noexcept { return is_double(ch) || is_single(ch); }
constexpr bool is_comma(char32_t ch) noexcept { return ch == ',' || ch == ';' || ch == 0xFF0C; }
constexpr bool is_colon(char32_t ch) noexcept { return ch == ':' || ch == 0xFF1A; }
constexpr bool is_closer(char32_t ch) noexcept { return ch == '}' || ch == ']' || ch == ')'; }
constexpr bool is_opener(char32_t ch) noexcept { return ch == '{' || ch == '[' || ch == '('; }
constexpr bool is_digit(char32_t ch) noexcept { return ch >= '0' && ch <= '9'; }
constexpr bool is_letter(char32_t ch) noexcept { return (ch | 0x20) >= 'a' && (ch | 0x20) <= 'z' && ch < 0x80; }
constexpr bool is_line_end(char32_t ch) noexcept { return ch == '\n' || ch == '\r'; }
/// What a bare name may have.
constexpr bool is_name(char32_t ch) noexcept {
  if (ch < 0x80) return is_letter(ch) || is_digit(ch) || ch == '_' || ch == '$' || ch == '-';
  return !is_white(ch) && !is_quote(ch) && !is_comma(ch) && !is_colon(ch) && ch != 0x2026;
}
/// What a number or a literal may have.
constexpr bool is_word(char32_t ch) noexcept { return is_name(ch) || ch == '.' || ch == '+'; }
constexpr bool starts_number(char ch) noexcept {
  return ch == '+' || ch == '-' || ch == '.' || is_digit(static_cast<unsigned char>(ch));
}

/// Whether a word stands for a JSON literal.
bool is_literal(std::string_view word);
/// The JSON of a literal, whatever its spelling.
std::optional<std::string> literal_of(std::string_view word, NonFinite non_finite);
/// The JSON literal that a word at the end of the text begins.
std::optional<std::string> cut_literal(std::string_view word, NonFinite non_finite);
/// The JSON number of a word; "null" for a sign alone, none where a digit would be lost.
std::optional<std::string> number_of(std::string_view word);

}  // namespace paritas
