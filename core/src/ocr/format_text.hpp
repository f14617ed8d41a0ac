#pragma once
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "paritas/ocr/formats.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"

// What the readers of single formats share. Each reads a clean text and says in `out` what it found; there is a reader for
// each concept, in format_<concept>.cpp.
namespace paritas::format {

struct Cleaning {
  bool keep_breaks = false;  // a run of White_Space with a line break is a line feed
  bool keep_dashes = false;  // else hyphens, short dashes and the minus sign are `-`
};

/// NFKC, decimal digits of every script as ASCII, runs of White_Space as one space, trimmed. Always well-formed: the text
/// itself where it is clean already, else written to `room`.
std::string_view clean(std::string_view text, Cleaning cleaning, std::string& room);

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
inline bool all_digits(std::string_view text) noexcept { return std::all_of(text.begin(), text.end(), is_digit); }
inline bool is_word_part(Category c) noexcept { return is_letter(c) || is_mark(c); }

/// The code point before `end` (end > 0) of a well-formed text.
inline Decoded decode_before(std::string_view text, std::size_t end) noexcept {
  std::size_t at = end - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return decode_utf8(text, at);
}
/// Behind the letters and marks from `at` on; where the letters and marks before `at` begin.
std::size_t word_end(std::string_view text, std::size_t at) noexcept;
std::size_t word_begin(std::string_view text, std::size_t at) noexcept;
/// The lower case of each code point, without context.
std::string lower(std::string_view text);

/// A text with O o Q D I l i | Z z S s G B as the digits that they are read for; empty where it has none of them.
std::string digits_for(std::string_view text);

inline void accept(FormatResult& out, std::string_view reason, std::string normalized) {
  out.valid = true;
  out.reason = reason;
  out.normalized = std::move(normalized);
}
inline void refuse(FormatResult& out, std::string_view reason) { out.reason = reason; }

/// Where a text was refused: the suggestion, if there is a mended text and `read(mended, result)` takes it.
template <class Read>
void suggest(FormatResult& out, const std::string& mended, Read read) {
  if (mended.empty()) return;
  FormatResult again;
  read(mended, again);
  if (!again.valid) return;
  if (again.normalized.empty()) again.normalized = mended;
  out.suggestion = std::move(again.normalized);
}

bool is_currency_code(std::string_view code) noexcept;

void read_amount(std::string_view text, bool money, FormatResult& out);
void read_card(std::string_view text, FormatResult& out);
void read_country(std::string_view text, FormatResult& out);
void read_currency(std::string_view text, FormatResult& out);
void read_date(std::string_view text, const FormatOptions& options, FormatResult& out);
void read_email(std::string_view text, FormatResult& out);  // of a text that has kept its dashes
void read_iban(std::string_view text, FormatResult& out);
void read_mrz(std::string_view text, FormatResult& out);  // of a text that has kept its line breaks
void read_phone(std::string_view text, FormatResult& out);

}  // namespace paritas::format
