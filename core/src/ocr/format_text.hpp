#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "paritas/ocr/formats.hpp"

// What the readers of single formats share. Each reads a clean text and says in `out` what it found; there is a reader for
// each concept, in format_<concept>.cpp.
namespace paritas::format {

struct Cleaning {
  bool keep_breaks = false;  // a run of White_Space with a line break is a line feed
  bool keep_dashes = false;  // else hyphens, short dashes and the minus sign are `-`
};

/// NFKC, decimal digits of every script as ASCII, runs of White_Space as one space, trimmed.
std::string clean(std::string_view text, Cleaning cleaning = {});

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

inline void accept(FormatResult& out, std::string_view reason, std::string normalized) {
  out.valid = true;
  out.reason = reason;
  out.normalized = std::move(normalized);
}
inline void refuse(FormatResult& out, std::string_view reason) { out.reason = reason; }

/// What is read for a digit, or for a letter in the place of a digit: O o Q D I l i | Z z S s G B. Others as they are.
char digit_for(char c) noexcept;
std::string digits_for(std::string_view text);

void read_card(std::string_view text, FormatResult& out);
void read_iban(std::string_view text, FormatResult& out);

}  // namespace paritas::format
