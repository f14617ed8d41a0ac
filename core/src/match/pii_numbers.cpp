#include <algorithm>

#include "match/pii_find.hpp"
#include "text/check_digits.hpp"

namespace paritas::pii {
namespace {

int number_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + c - '0';
  return value;
}
constexpr bool between(int value, int first, int last) { return value >= first && value <= last; }

/// Of a prefix and a length that go together (ISO/IEC 7812); empty for none.
std::string_view scheme_of(std::string_view digits) {
  const std::size_t count = digits.size();
  if (count < 12) return {};
  const int four = number_of(digits.substr(0, 4)), three = four / 10, two = four / 100;
  const auto when = [](bool holds, std::string_view scheme) { return holds ? scheme : std::string_view(); };
  if (digits[0] == '4') return when(count == 13 || count == 16 || count == 19, "visa");
  if (between(two, 51, 55) || between(four, 2221, 2720)) return when(count == 16, "mastercard");
  if (two == 34 || two == 37) return when(count == 15, "amex");
  if (between(three, 300, 305) || two == 36 || two == 38 || two == 39) return when(count == 14, "diners");
  if (four == 6011 || between(three, 644, 649) || two == 65) return when(count >= 16, "discover");
  if (between(four, 3528, 3589)) return when(count >= 16, "jcb");
  if (two == 62) return when(count >= 16, "unionpay");
  return when(two == 50 || between(two, 56, 58), "maestro");
}

/// A digit goes on behind this sign: the number is a part of a longer one.
bool goes_on(std::string_view text, std::size_t end, char sign) {
  return char_at(text, end) == sign && is_digit(char_at(text, end + 1));
}
bool goes_on_before(std::string_view text, std::size_t start, char sign) {
  return before(text, start) == sign && is_digit(before(text, start, 2));
}

}  // namespace

bool ends_in(std::string_view text, std::size_t end, std::string_view small) noexcept {
  if (end < small.size()) return false;
  for (std::size_t i = 0; i < small.size(); ++i) {
    if (lower(text[end - small.size() + i]) != small[i]) return false;
  }
  return true;
}

/// Digits in one piece, or a first group of 4 or 6 and others of at least 3, of which the last may be shorter: any other
/// list of numbers would pass once in ten times.
Maybe card_at(std::string_view text, std::size_t start) {
  constexpr std::size_t kMost = 19;
  if (is_word(before(text, start)) || goes_on_before(text, start, '.')) return std::nullopt;
  char room[kMost];
  std::size_t count = 0, at = start, best_end = 0, best_count = 0;
  std::string_view scheme;
  while (true) {
    const std::size_t end = digits_end(text, at, kMost + 1), group = end - at;
    const bool first = count == 0;
    if (count + group > kMost) break;
    std::copy(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end),
              room + count);
    count += group;
    const std::string_view digits(room, count);
    const std::string_view known = scheme_of(digits);
    if (!known.empty() && !is_word(char_at(text, end)) && !goes_on(text, end, '.') &&
        digits.find_first_not_of(digits[0]) != std::string_view::npos && check_digits::luhn_holds(digits)) {
      best_end = end;
      best_count = count;
      scheme = known;
    }
    if (!goes_on(text, end, ' ') && !goes_on(text, end, '-')) break;
    if (first ? group != 4 && group != 6 : group < 3) break;
    at = end + 1;
  }
  if (best_count == 0) return std::nullopt;
  return Found{{start, best_end}, std::string(room, best_count), scheme};
}

Maybe iban_at(std::string_view text, std::size_t start) {
  if (is_word(before(text, start)) || !is_letter(char_at(text, start + 1))) return std::nullopt;
  char room[check_digits::kLongestIban] = {upper(text[start]), upper(text[start + 1])};
  const std::size_t length = check_digits::iban_length({room, 2});
  if (length == 0) return std::nullopt;
  std::size_t count = 0, end = start;
  while (count < length) {
    if (count % 4 == 0 && count > 0 && char_at(text, end) == ' ') ++end;
    const char c = char_at(text, end);
    if (!is_letter(c) && !is_digit(c)) return std::nullopt;
    room[count++] = upper(c);
    ++end;
  }
  const std::string_view iban(room, length);
  if (is_word(char_at(text, end)) || !check_digits::iban_holds(iban)) return std::nullopt;
  return Found{{start, end}, std::string(iban), check_digits::iban_country(iban)};
}

namespace {

/// Within 30 code points behind one of these words.
bool after_ssn_name(std::string_view text, std::size_t start) {
  constexpr std::size_t kReach = 30;
  std::size_t end = start;
  for (std::size_t points = 0;; ++points) {
    for (const std::string_view name : {"ssn", "social security"}) {
      if (ends_in(text, end, name) && !is_letter(before(text, end - name.size())) && !is_letter(char_at(text, end))) {
        return true;
      }
    }
    if (end == 0 || points == kReach) return false;
    end -= decode_before(text, end, 0).bytes;
  }
}

}  // namespace

Maybe ssn_at(std::string_view text, std::size_t start) {
  if (is_word(before(text, start))) return std::nullopt;
  const auto digits_at = [&](std::size_t at, std::size_t count) { return digits_end(text, at, count) == at + count; };
  const char sign = char_at(text, start + 3);
  std::size_t end = start + 9;
  std::string number;
  if (digits_at(start, 3) && (sign == '-' || sign == ' ') && digits_at(start + 4, 2) &&
      char_at(text, start + 6) == sign && digits_at(start + 7, 4)) {
    end = start + 11;
    if (goes_on_before(text, start, sign) || goes_on(text, end, sign)) return std::nullopt;
    number = text.substr(start, 11);
    number[3] = number[6] = '-';
  } else {
    if (!digits_at(start, 9) || is_digit(char_at(text, end)) || !after_ssn_name(text, start)) return std::nullopt;
    number = text.substr(start, 9);
    number.insert(5, "-").insert(3, "-");
  }
  if (is_word(char_at(text, end))) return std::nullopt;
  const std::string_view all = number, area = all.substr(0, 3);
  if (area == "000" || area == "666" || area[0] == '9' || all.substr(4, 2) == "00" || all.substr(7) == "0000") {
    return std::nullopt;
  }
  if (number == "078-05-1120" || number == "219-09-9999") return std::nullopt;  // printed in advertisements
  return Found{{start, end}, std::move(number)};
}

namespace {

/// "+", then 8 to 15 digits; between two of them one space, "-" or ".", and parentheses.
Maybe international_at(std::string_view text, std::size_t start) {
  constexpr std::size_t kLeast = 8, kMost = 15, kNorthAmerican = 11;
  std::size_t at = start + 1;
  if (!is_digit(char_at(text, at)) || text[at] == '0') return std::nullopt;
  char room[kMost];
  std::size_t count = 0, best_end = 0, best_count = 0;
  bool inside = false;
  while (true) {
    const std::size_t end = digits_end(text, at, kMost + 1);
    const bool closed = inside && char_at(text, end) == ')';
    const std::string_view group = text.substr(at, end - at);
    if (!(group == "0" && closed && text[at - 1] == '(')) {  // +49 (0)30: dialled inside the country only
      if (count + group.size() > kMost) break;
      std::copy(group.begin(), group.end(), room + count);
      count += group.size();
    }
    const std::size_t last = closed ? end + 1 : end;
    if (!is_digit(char_at(text, last)) && (closed || !inside) && count >= kLeast) {
      best_end = last;
      best_count = count;
      if (room[0] == '1' && count == kNorthAmerican) break;  // as long as all numbers of North America
    }
    inside = inside && !closed;
    std::size_t next = last;
    const char sign = char_at(text, next);
    if (sign == ' ' || sign == '-' || sign == '.') ++next;
    if (!inside && char_at(text, next) == '(') {
      inside = true;
      ++next;
    }
    if (!is_digit(char_at(text, next)) || next == end) break;
    at = next;
  }
  if (best_count == 0) return std::nullopt;
  return Found{{start, best_end}, "+" + std::string(room, best_count), "international"};
}

/// Three digits of which the first is 2 to 9.
bool is_area(std::string_view text, std::size_t at) {
  const char first = char_at(text, at);
  return first >= '2' && first <= '9' && digits_end(text, at, 3) == at + 3;
}

}  // namespace

Maybe phone_at(std::string_view text, std::size_t start) {
  const char left = before(text, start);
  if (is_word(left) || left == '+') return std::nullopt;
  if (text[start] == '+') return international_at(text, start);
  if (goes_on_before(text, start, '-') || goes_on_before(text, start, '.')) return std::nullopt;
  std::size_t area = start;
  if (text.substr(start, 2) == "1-") area += 2;
  std::size_t exchange = 0;
  char sign = '-';
  if (char_at(text, area) == '(') {  // (NXX) NXX-XXXX
    ++area;
    if (char_at(text, area + 3) != ')') return std::nullopt;
    exchange = area + (char_at(text, area + 4) == ' ' ? 5 : 4);
  } else {  // NXX-NXX-XXXX, NXX.NXX.XXXX
    sign = char_at(text, area + 3);
    if (sign != '-' && sign != '.') return std::nullopt;
    exchange = area + 4;
  }
  const std::size_t line = exchange + 4, end = line + 4;
  if (!is_area(text, area) || !is_area(text, exchange) || char_at(text, exchange + 3) != sign) return std::nullopt;
  if (digits_end(text, line, 4) != end || is_word(char_at(text, end))) return std::nullopt;
  if (goes_on(text, end, '-') || goes_on(text, end, '.')) return std::nullopt;
  std::string normalized("+1");
  normalized += text.substr(area, 3);
  normalized += text.substr(exchange, 3);
  normalized += text.substr(line, 4);
  return Found{{start, end}, std::move(normalized), "north_american"};
}

}  // namespace paritas::pii
