#include "text/check_digits.hpp"

#include <array>
#include <cstdint>

namespace paritas::check_digits {
namespace {

// The registry of IBANs: country and length.
constexpr std::string_view kRegistry =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22"
    "GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20"
    "MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26"
    "UA29VA22VG24XK20YE30";

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

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::size_t iban_length(std::string_view iban) noexcept {
  if (iban.size() < 2 || !is_upper(iban[0]) || !is_upper(iban[1])) return 0;
  return kLength[place(iban[0], iban[1])];
}

std::string_view iban_country(std::string_view iban) noexcept {
  std::size_t at = 0;
  while (at + 4 < kRegistry.size() && kRegistry.substr(at, 2) != iban.substr(0, 2)) at += 4;
  return kRegistry.substr(at, 2);
}

bool iban_check_is_issued(std::string_view iban) noexcept {
  if (!is_digit(iban[2]) || !is_digit(iban[3])) return false;
  const int check = (iban[2] - '0') * 10 + iban[3] - '0';
  return check >= 2 && check <= 98;
}

bool iban_holds(std::string_view iban) noexcept {
  if (!iban_check_is_issued(iban)) return false;
  unsigned sum = 0;
  for (const char c : iban.substr(4)) sum = joined(sum, c);
  for (const char c : iban.substr(0, 4)) sum = joined(sum, c);
  return sum == 1;
}

}  // namespace paritas::check_digits
