#include <cstddef>

#include "ocr/format_text.hpp"
#include "text/check_digits.hpp"

namespace paritas::format {
namespace {

constexpr std::size_t kLeast = 12, kMost = 19;

void read(std::string_view text, FormatResult& out) {
  char room[kMost];
  std::size_t count = 0;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    if (!is_digit(c)) return refuse(out, "card_chars");
    if (count < kMost) room[count] = c;
    ++count;
  }
  if (count < kLeast || count > kMost) return refuse(out, "card_length");
  const std::string_view digits(room, count);
  out.checks = 1;
  const bool all_equal = digits.find_first_not_of(digits[0]) == std::string::npos;
  if (!check_digits::luhn_holds(digits) || all_equal) return refuse(out, "card_checksum");
  out.checks_passed = 1;
  accept(out, "card_valid", std::string(digits));
}

}  // namespace

void read_card(std::string_view text, FormatResult& out) {
  read(text, out);
  if (!out.valid) suggest(out, digits_for(text), read);
}

}  // namespace paritas::format
