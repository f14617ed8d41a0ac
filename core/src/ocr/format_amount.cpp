#include <cstddef>
#include <optional>

#include "ocr/format_text.hpp"

namespace paritas::format {
namespace {

constexpr std::string_view kSeparators = ".,' ";

bool is_pointed(std::string_view lower_case) { return lower_case == "kr" || lower_case == "rs"; }

/// What a word says: nothing, a currency, or one that may have a point behind it.
enum class Word : std::uint8_t { other, currency, pointed };
Word word_of(std::string_view word) {
  if (word.empty() || word.size() > 4) return Word::other;  // "zł" and "Kč" have 3 bytes
  const std::string name = lower(word);
  if (is_pointed(name)) return Word::pointed;
  if (name == "z\xC5\x82" || name == "k\xC4\x8D" || name == "ft" || name == "lei") return Word::currency;
  std::string code(word);
  for (char& c : code) c = upper(c);
  return is_currency_code(code) ? Word::currency : Word::other;
}

/// Without a symbol or a word of money at the front, or else at the end.
std::string_view without_currency(std::string_view text) {
  if (text.empty()) return text;
  const auto [first, first_bytes] = decode_utf8(text, 0);
  if (category(first) == Category::Sc) return text.substr(first_bytes);
  const auto [last, last_bytes] = decode_before(text, text.size());
  if (category(last) == Category::Sc) return text.substr(0, text.size() - last_bytes);
  const std::size_t front = word_end(text, 0);
  if (const Word word = word_of(text.substr(0, front)); word != Word::other) {
    return text.substr(word == Word::pointed && front < text.size() && text[front] == '.' ? front + 1 : front);
  }
  const bool point = text.back() == '.';
  const std::size_t end = text.size() - (point ? 1 : 0);
  const std::size_t back = word_begin(text, end);
  const Word word = word_of(text.substr(back, end - back));
  return word == Word::pointed || (word == Word::currency && !point) ? text.substr(0, back) : text;
}

struct Peeled {
  bool negative = false;
  std::string_view body;
};

/// Takes off one sign, or a pair of parentheses, and one currency, in any order.
Peeled peeled(std::string_view text, bool money) {
  Peeled out;
  bool is_signed = false;
  while (true) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (!is_signed && !text.empty()) {
      is_signed = true;
      if (text.front() == '-' || text.front() == '+') {
        out.negative = text.front() == '-';
        text.remove_prefix(1);
        continue;
      }
      if (text.back() == '-') {
        out.negative = true;
        text.remove_suffix(1);
        continue;
      }
      if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
        out.negative = true;
        text = text.substr(1, text.size() - 2);
        continue;
      }
      is_signed = false;
    }
    const std::string_view rest = money ? without_currency(text) : text;
    if (rest.size() == text.size()) break;
    text = rest;
    money = false;
  }
  out.body = text;
  return out;
}

/// The digits of a whole number in groups of 3, or of Indian 2-2-3, cut by one sign; none for anything else.
std::optional<std::string> without_groups(std::string_view text) {
  const std::size_t first = text.find_first_of(kSeparators);
  const bool grouped = first != std::string_view::npos;
  const char sign = grouped ? text[first] : ',';
  const std::size_t lead = grouped ? first : text.size();
  bool threes = lead <= 3;
  bool indian = sign == ',' && lead <= 2;
  std::string digits;
  digits.reserve(text.size());
  std::size_t start = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool end = at == text.size();
    if (!end && is_digit(text[at])) {
      digits += text[at];
      continue;
    }
    if ((!end && text[at] != sign) || at == start) return std::nullopt;  // another character, or an empty group
    if (start > 0) {
      threes = threes && at - start == 3;
      indian = indian && at - start == (end ? 3u : 2u);
    }
    start = at + 1;
  }
  if (grouped && !threes && !indian) return std::nullopt;
  return digits;
}

void read(std::string_view body, bool negative, bool money, FormatResult& out) {
  std::string_view whole = body;
  std::string_view decimals;
  bool ambiguous = false;
  const std::size_t last = body.find_last_of(kSeparators);
  if (last != std::string_view::npos && (body[last] == '.' || body[last] == ',')) {
    const std::string_view before = body.substr(0, last), after = body.substr(last + 1);
    const bool only = before.find_first_of(kSeparators) == std::string_view::npos;
    // A sign that stands once ends the whole part; three digits behind the only one may be a group as well.
    const bool clear = only ? after.size() != 3 || before.size() > 3 || before == "0"
                            : before.find(body[last]) == std::string_view::npos;
    if (clear) {
      if (after.empty() || after.size() > 4 || !all_digits(after)) return refuse(out, "amount_form");
      whole = before;
      decimals = after;
    }
    ambiguous = only && !clear;
  }
  const std::optional<std::string> digits = without_groups(whole);
  if (!digits) return refuse(out, "amount_form");
  const std::size_t significant = digits->find_first_not_of('0');
  std::string normalized;
  const bool zero = significant == std::string::npos && decimals.find_first_not_of('0') == std::string_view::npos;
  if (negative && !zero) normalized += '-';  // never -0
  if (significant == std::string::npos) {
    normalized += '0';
  } else {
    normalized.append(*digits, significant);
  }
  if (!decimals.empty()) {
    normalized += '.';
    normalized += decimals;
  }
  accept(out, ambiguous ? "amount_ambiguous" : money ? "amount_valid" : "number_valid", std::move(normalized));
}

}  // namespace

void read_amount(std::string_view text, bool money, FormatResult& out) {
  const auto [negative, found] = peeled(text, money);
  std::string body;  // with one kind of apostrophe
  body.reserve(found.size());
  for (std::size_t at = 0; at < found.size();) {
    const bool apostrophe = found.substr(at, 3) == "\xE2\x80\x99";
    body += apostrophe ? '\'' : found[at];
    at += apostrophe ? 3 : 1;
  }
  const bool is_negative = negative;
  const auto read_body = [&](std::string_view digits, FormatResult& result) {
    read(digits, is_negative, money, result);
  };
  read_body(body, out);
  if (!out.valid) suggest(out, digits_for(body), read_body);
}

}  // namespace paritas::format
