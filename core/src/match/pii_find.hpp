#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"
#include "paritas/match/pii.hpp"
#include "paritas/text/utf8.hpp"

// The finders of single kinds, in pii_<concept>.cpp: each looks at one place of a text, a bounded way in both directions.
namespace paritas::pii {

struct Found {
  Span span;
  std::string normalized;
  std::string_view detail = {};
};
using Maybe = std::optional<Found>;

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr char lower(char c) noexcept { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_letter(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }
constexpr bool is_word(char c) noexcept { return is_letter(c) || is_digit(c) || c == '_'; }

/// The byte at a place, and 0 outside the text: no finder asks for a NUL.
constexpr char char_at(std::string_view text, std::size_t at) noexcept { return at < text.size() ? text[at] : '\0'; }
constexpr char before(std::string_view text, std::size_t at, std::size_t distance = 1) noexcept {
  return at >= distance ? text[at - distance] : '\0';
}
/// Behind the digits from `at` on, but at most `most` of them.
constexpr std::size_t digits_end(std::string_view text, std::size_t at, std::size_t most) noexcept {
  std::size_t end = at;
  while (end - at < most && is_digit(char_at(text, end))) ++end;
  return end;
}
/// The code point that ends at `end` (above `floor`); U+FFFD of the bytes it stands for where they are ill-formed.
Decoded decode_before(std::string_view text, std::size_t end, std::size_t floor) noexcept;
/// Whether these ASCII letters end at `end`, in any case.
bool ends_in(std::string_view text, std::size_t end, std::string_view small) noexcept;

/// Around the @ at `at`; nothing before `free` is part of it.
Maybe email_around(std::string_view text, std::size_t at, std::size_t free);

// From its first character on: a digit; a letter; a digit; "+", "(" or a digit; a digit.
Maybe card_at(std::string_view text, std::size_t start);
Maybe iban_at(std::string_view text, std::size_t start);
Maybe ssn_at(std::string_view text, std::size_t start);
Maybe phone_at(std::string_view text, std::size_t start);
Maybe ipv4_at(std::string_view text, std::size_t start);

/// The address that a whole run of hexadecimal digits, ":" and "." is, but for what stands around one.
Maybe ipv6_in(std::string_view text, Span run);
constexpr bool is_ipv6_char(char c) noexcept {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f') || c == ':' || c == '.';
}

/// Of each kind in the order of proof, also where kinds overlap; those of one kind in text order.
std::vector<PiiMatch> find_all(std::string_view text, PiiKinds kinds);

}  // namespace paritas::pii
