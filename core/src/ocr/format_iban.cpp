#include <array>
#include <cstddef>
#include <cstdint>

#include "ocr/format_text.hpp"

namespace paritas::format {
namespace {

// The registry of IBANs: country and length.
constexpr std::string_view kRegistry =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22"
    "GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20"
    "MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26"
    "UA29VA22VG24XK20YE30";
constexpr std::size_t kLongest = 33;

constexpr std::size_t place(char first, char second) {
  return static_cast<std::size_t>(first - 'A') * 26 + static_cast<std::size_t>(second - 'A');
}
constexpr std::size_t kPlaces = std::size_t{26} * 26;
constexpr std::array<std::uint8_t, kPlaces> kLength = [] {
  std::array<std::uint8_t, kPlaces> length{};
  for (std::size_t at = 0; at < kRegistry.size(); at += 4) {
    length[place(kRegistry[at], kRegistry[at + 1])] =
        static_cast<std::uint8_t>((kRegistry[at + 2] - '0') * 10 + kRegistry[at + 3] - '0');
  }
  return length;
}();

std::size_t length_of(std::string_view iban) {
  if (iban.size() < 2 || !is_upper(iban[0]) || !is_upper(iban[1])) return 0;
  return kLength[place(iban[0], iban[1])];
}

constexpr unsigned kModulus = 97;

/// ISO 7064 MOD 97-10: a digit is one digit of the number, a letter two. What stands before it and it.
constexpr unsigned joined(unsigned before, char c) {
  return is_digit(c) ? (before * 10 + static_cast<unsigned>(c - '0')) % kModulus
                     : (before * 100 + static_cast<unsigned>(c - 'A') + 10) % kModulus;
}

/// 00, 01 and 99 are never issued, though they leave the same remainders as 97, 98 and 02.
bool check_digits_are_right(std::string_view iban) {
  if (!is_digit(iban[2]) || !is_digit(iban[3])) return false;
  const int check = (iban[2] - '0') * 10 + iban[3] - '0';
  return check >= 2 && check <= 98;
}

/// Of an IBAN of the right length: the rest, then the first four characters.
bool sum_is_right(std::string_view iban) {
  if (!check_digits_are_right(iban)) return false;
  unsigned sum = 0;
  for (const char c : iban.substr(4)) sum = joined(sum, c);
  for (const char c : iban.substr(0, 4)) sum = joined(sum, c);
  return sum == 1;
}

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
  if (length_of(iban) != iban.size() || !check_digits_are_right(iban)) return std::nullopt;
  if (sum_is_right(iban)) return iban;
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
  const std::size_t length = length_of(iban);
  if (length == 0) {
    refuse(out, "iban_country");
  } else if (count != length) {
    refuse(out, "iban_length");
  } else {
    out.checks = 1;
    if (sum_is_right(iban)) {
      out.checks_passed = 1;
      return accept(out, "iban_valid", std::string(iban));
    }
    refuse(out, "iban_checksum");
  }
  if (count <= kLongest) out.suggestion = suggested(std::string(iban));
}

}  // namespace paritas::format
