#include "json_tokens.hpp"

namespace paritas {
namespace {

/// Whether a word begins as one of the literals does, before it is compared with all of them.
bool may_be_literal(std::string_view word) {
  return !word.empty() && word.size() <= 9 && std::string_view("tfnuiTFNI+-").find(word[0]) != std::string_view::npos;
}

std::string_view plain_literal(std::string_view word) {
  for (const std::string_view spelling : {"true", "True", "TRUE"}) {
    if (word == spelling) return "true";
  }
  for (const std::string_view spelling : {"false", "False", "FALSE"}) {
    if (word == spelling) return "false";
  }
  for (const std::string_view spelling :
       {"null", "Null", "NULL", "none", "None", "NONE", "undefined", "nil", "Nil", "NIL"}) {
    if (word == spelling) return "null";
  }
  return {};
}

bool is_non_finite(std::string_view word) {
  if (!word.empty() && (word[0] == '-' || word[0] == '+')) word.remove_prefix(1);
  for (const std::string_view spelling :
       {"NaN", "nan", "NAN", "Infinity", "infinity", "INFINITY", "inf", "Inf", "INF"}) {
    if (word == spelling) return true;
  }
  return false;
}

/// Appends digits, with single underscores between them left out; behind them.
std::size_t read_digits(std::string_view text, std::size_t at, std::string& out) {
  const std::size_t start = at;
  const auto digit = [&](std::size_t i) { return i < text.size() && is_digit(static_cast<unsigned char>(text[i])); };
  for (;; ++at) {
    if (digit(at)) {
      out += text[at];
    } else if (!(at < text.size() && text[at] == '_' && at > start && text[at - 1] != '_' && digit(at + 1))) {
      return at;
    }
  }
}

int digit_value(char ch) {
  if (is_digit(static_cast<unsigned char>(ch))) return ch - '0';
  const int letter = (static_cast<unsigned char>(ch) | 0x20) - 'a';
  return letter >= 0 && letter < 6 ? letter + 10 : 99;
}

std::optional<std::string> radix(std::string_view sign, std::string_view text) {
  const int letter = static_cast<unsigned char>(text[1]) | 0x20;
  const int base = letter == 'x' ? 16 : letter == 'o' ? 8 : 2;
  text.remove_prefix(2);
  if (text.empty() || text.size() > 64) return std::nullopt;
  std::uint64_t value = 0;
  for (const char ch : text) {
    const int digit = digit_value(ch);
    if (digit >= base) return std::nullopt;
    if (value > (UINT64_MAX - static_cast<std::uint64_t>(digit)) / static_cast<std::uint64_t>(base))
      return std::nullopt;
    value = value * static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(digit);
  }
  return std::string(sign) + std::to_string(value);
}

}  // namespace

bool is_literal(std::string_view word) {
  return may_be_literal(word) && (!plain_literal(word).empty() || is_non_finite(word));
}

std::optional<std::string> literal_of(std::string_view word, NonFinite non_finite) {
  if (!may_be_literal(word)) return std::nullopt;
  const std::string_view plain = plain_literal(word);
  if (!plain.empty()) return std::string(plain);
  if (!is_non_finite(word)) return std::nullopt;
  if (non_finite == NonFinite::null) return "null";
  std::string quoted = "\"";
  quoted += word;
  quoted += '"';
  return quoted;
}

std::optional<std::string> cut_literal(std::string_view word, NonFinite non_finite) {
  for (const std::string_view whole :
       {"true", "false", "null", "True", "False", "None", "TRUE", "FALSE", "NULL", "undefined", "NaN"}) {
    if (whole.substr(0, word.size()) == word) return literal_of(whole, non_finite);
  }
  for (const std::string_view whole : {"Infinity", "-Infinity"}) {  // a single "I" is too often a word of its own
    if (word.size() >= 2 && whole.substr(0, word.size()) == word) return literal_of(whole, non_finite);
  }
  return std::nullopt;
}

std::optional<std::string> number_of(std::string_view word) {
  const std::string_view sign = word[0] == '-' ? "-" : "";
  if (word[0] == '+' || word[0] == '-') word.remove_prefix(1);
  if (word.empty()) return "null";
  const auto letter = [&](std::size_t i) { return i < word.size() ? static_cast<unsigned char>(word[i]) | 0x20 : 0; };
  if (word[0] == '0' && (letter(1) == 'x' || letter(1) == 'o' || letter(1) == 'b')) return radix(sign, word);
  std::string out(sign);
  std::size_t at = read_digits(word, 0, out);
  const std::size_t whole = out.size() - sign.size();
  if (whole > 1 && word[0] == '0') return std::nullopt;
  const bool dot = at < word.size() && word[at] == '.';
  if (whole == 0) out += '0';
  if (dot) {
    out += '.';
    const std::size_t before = out.size();
    at = read_digits(word, at + 1, out);
    if (out.size() == before) {
      if (whole == 0) return std::nullopt;
      out += '0';
    }
  } else if (whole == 0) {
    return std::nullopt;
  }
  if (letter(at) == 'e') {
    const std::size_t mark = at;
    ++at;
    if (at < word.size() && (word[at] == '+' || word[at] == '-')) ++at;
    const std::size_t digits = at;
    while (at < word.size() && is_digit(static_cast<unsigned char>(word[at]))) ++at;
    if (at > digits) out += word.substr(mark, at - mark);
  }
  if (at < word.size()) return std::nullopt;
  return out;
}

}  // namespace paritas
