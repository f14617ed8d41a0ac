#include <cstddef>

#include "ocr/format_text.hpp"
#include "text/check_digits.hpp"

namespace paritas::format {
namespace {

using check_digits::joined;
constexpr std::size_t kLongest = check_digits::kLongestIban;
constexpr unsigned kModulus = check_digits::kModulus;

// Letters and digits that are taken for each other.
constexpr std::string_view kDigits = "012568", kLetters = "OIZSGB";

char other(char c, std::string_view from, std::string_view to) {
  const std::size_t at = from.find(c);
  return at == std::string_view::npos ? c : to[at];
}

char swapped(char c) { return is_digit(c) ? other(c, kDigits, kLetters) : other(c, kLetters, kDigits); }

/// The one place whose swap makes the sum right; 0 for none or several.
std::size_t place_to_swap(std::string_view iban) {
  // From the end: the remainder of what stands behind a place, and of the power of ten that it is worth.
  unsigned before[kLongest] = {};
  unsigned sum = 0;
  for (std::size_t i = 4; i < iban.size(); ++i) {
    before[i] = sum;
    sum = joined(sum, iban[i]);
  }
  unsigned behind = 0, power = 1;
  const auto prepend = [&](char c) {
    const bool digit = is_digit(c);
    behind =
        (behind + (digit ? static_cast<unsigned>(c - '0') : static_cast<unsigned>(c - 'A') + 10) * power) % kModulus;
    power = power * (digit ? 10 : 100) % kModulus;
  };
  for (std::size_t i = 4; i > 0; --i) prepend(iban[i - 1]);
  std::size_t found = 0;
  for (std::size_t i = iban.size() - 1; i >= 4; --i) {
    const char to = swapped(iban[i]);
    if (to != iban[i] && (joined(before[i], to) * power + behind) % kModulus == 1) {
      if (found != 0) return 0;  // two ways to mend it: neither is likelier
      found = i;
    }
    prepend(iban[i]);
  }
  return found;
}

std::optional<std::string> suggested(std::string iban) {
  if (iban.size() < 5 || iban.size() > kLongest) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i) iban[i] = other(iban[i], kDigits, kLetters);
  for (std::size_t i = 2; i < 4; ++i) iban[i] = other(iban[i], kLetters, kDigits);
  if (check_digits::iban_length(iban) != iban.size() || !check_digits::iban_check_is_issued(iban)) return std::nullopt;
  if (check_digits::iban_holds(iban)) return iban;
  const std::size_t place = place_to_swap(iban);
  if (place == 0) return std::nullopt;
  iban[place] = swapped(iban[place]);
  return iban;
}

}  // namespace

void read_iban(std::string_view text, FormatResult& out) {
  char room[kLongest];
  std::size_t count = 0;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    const char capital = upper(c);
    if (!is_digit(c) && !is_upper(capital)) return refuse(out, "iban_chars");
    if (count < kLongest) room[count] = capital;
    ++count;
  }
  const std::string_view iban(room, count < kLongest ? count : kLongest);
  const std::size_t length = check_digits::iban_length(iban);
  if (length == 0) {
    refuse(out, "iban_country");
  } else if (count != length) {
    refuse(out, "iban_length");
  } else {
    out.checks = 1;
    if (check_digits::iban_holds(iban)) {
      out.checks_passed = 1;
      return accept(out, "iban_valid", std::string(iban));
    }
    refuse(out, "iban_checksum");
  }
  if (count <= kLongest) out.suggestion = suggested(std::string(iban));
}

}  // namespace paritas::format
