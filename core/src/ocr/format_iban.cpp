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
constexpr std::array<std::uint8_t, 26 * 26> kLength = [] {
  std::array<std::uint8_t, 26 * 26> length{};
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

/// ISO 7064 MOD 97-10 of the rest and the first four characters.
unsigned remainder(std::string_view iban) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    sum = is_digit(c) ? sum * 10 + static_cast<unsigned>(c - '0') : sum * 100 + static_cast<unsigned>(c - 'A') + 10;
    sum %= 97;
  }
  return sum;
}

/// Of an IBAN of the right length: 00, 01 and 99 are never issued, though 97 and 98 more or less give the same remainder.
bool sum_is_right(std::string_view iban) {
  if (!is_digit(iban[2]) || !is_digit(iban[3])) return false;
  const int check = (iban[2] - '0') * 10 + iban[3] - '0';
  return check >= 2 && check <= 98 && remainder(iban) == 1;
}

// Letters and digits that are taken for each other.
constexpr std::string_view kDigits = "012568", kLetters = "OIZSGB";

char other(char c, std::string_view from, std::string_view to) {
  const std::size_t at = from.find(c);
  return at == std::string_view::npos ? c : to[at];
}

std::optional<std::string> suggested(std::string iban) {
  if (iban.size() < 5 || iban.size() > kLongest) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i) iban[i] = other(iban[i], kDigits, kLetters);
  for (std::size_t i = 2; i < 4; ++i) iban[i] = other(iban[i], kLetters, kDigits);
  if (length_of(iban) != iban.size()) return std::nullopt;
  if (sum_is_right(iban)) return iban;
  std::optional<std::string> found;
  for (std::size_t i = 4; i < iban.size(); ++i) {
    const char was = iban[i];
    iban[i] = is_digit(was) ? other(was, kDigits, kLetters) : other(was, kLetters, kDigits);
    if (iban[i] != was && sum_is_right(iban)) {
      if (found) return std::nullopt;  // two ways to mend it: neither is likelier
      found = iban;
    }
    iban[i] = was;
  }
  return found;
}

}  // namespace

void read_iban(std::string_view text, FormatResult& out) {
  std::string iban;
  iban.reserve(text.size());
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    if (!is_digit(c) && !is_upper(upper(c))) return refuse(out, "iban_chars");
    iban += upper(c);
  }
  const std::size_t length = length_of(iban);
  if (length == 0) {
    refuse(out, "iban_country");
  } else if (iban.size() != length) {
    refuse(out, "iban_length");
  } else {
    out.checks = 1;
    if (sum_is_right(iban)) {
      out.checks_passed = 1;
      return accept(out, "iban_valid", std::move(iban));
    }
    refuse(out, "iban_checksum");
  }
  out.suggestion = suggested(std::move(iban));
}

}  // namespace paritas::format
