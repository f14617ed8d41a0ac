#pragma once
#include <cstddef>
#include <string_view>

// The sums that numbers carry to prove themselves; readers of fields and finders of personal data share them.
namespace paritas::check_digits {

/// Luhn (ISO/IEC 7812) of ASCII digits: from the right every second digit doubled, its own digits added. True for none.
constexpr bool luhn_holds(std::string_view digits) noexcept {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[digits.size() - 1 - i] - '0';
    const int twice = 2 * digit;
    sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 == 0;
}

inline constexpr unsigned kModulus = 97;

/// ISO 7064 MOD 97-10: a digit is one digit of the number, a capital letter two. What stands before it and it.
constexpr unsigned joined(unsigned before, char c) noexcept {
  return c >= '0' && c <= '9' ? (before * 10 + static_cast<unsigned>(c - '0')) % kModulus
                              : (before * 100 + static_cast<unsigned>(c - 'A') + 10) % kModulus;
}

inline constexpr std::size_t kLongestIban = 33;

/// How long an IBAN that begins so is; 0 where no country does.
std::size_t iban_length(std::string_view iban) noexcept;

/// The two letters of its country, which live for ever. Of an IBAN that has a length.
std::string_view iban_country(std::string_view iban) noexcept;

/// Whether places 3 and 4 are digits that are issued: 00, 01 and 99 never are, though they leave the same remainders as
/// 97, 98 and 02. Of an IBAN of the right length.
bool iban_check_is_issued(std::string_view iban) noexcept;

/// Whether the rest, then the first four characters, leave 1. Of an IBAN of the right length, in capitals and digits.
bool iban_holds(std::string_view iban) noexcept;

}  // namespace paritas::check_digits
