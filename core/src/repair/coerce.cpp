#include "paritas/repair/coerce.hpp"

#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/parallel.hpp"
#include "paritas/base/decimal.hpp"
#include "paritas/base/format.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"

namespace paritas {
namespace {

constexpr std::size_t kMaxDigits = 17;  // as many as a double may need

std::string_view trimmed(std::string_view s) noexcept {
  while (!s.empty()) {
    const Decoded first = decode_utf8(s, 0);
    if (!is_white_space(first.code_point)) break;
    s.remove_prefix(first.bytes);
  }
  while (!s.empty()) {
    std::size_t last = s.size() - 1;
    while (last > 0 && s.size() - last < 3 && (s[last] & 0xC0) == 0x80)
      --last;  // no white space is longer than 3 bytes
    const Decoded end = decode_utf8(s, last);
    if (last + end.bytes != s.size() || !is_white_space(end.code_point)) break;
    s = s.substr(0, last);
  }
  return s;
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// A number without its sign: digits without zeros around them, and the power of ten of the last one.
struct Significant {
  std::string digits{};
  std::int64_t exponent = 0;
  bool operator==(const Significant&) const = default;
};

Significant significant(std::string_view number) {
  Significant out;
  std::int64_t fraction = 0, written = 0;
  std::size_t at = number.starts_with('-') ? 1 : 0;
  for (bool point = false; at < number.size() && (is_digit(number[at]) || number[at] == '.'); ++at) {
    if (number[at] == '.') {
      point = true;
    } else {
      out.digits += number[at];
      if (point) ++fraction;
    }
  }
  if (at < number.size()) {  // an exponent
    const bool negative = number[at + 1] == '-';
    for (++at; at < number.size(); ++at) {
      if (is_digit(number[at]) && written < 100'000'000) written = 10 * written + (number[at] - '0');
    }
    if (negative) written = -written;
  }
  out.digits.erase(0, out.digits.find_first_not_of('0'));  // all of them where there is none
  std::size_t zeros = 0;
  while (zeros < out.digits.size() && out.digits[out.digits.size() - 1 - zeros] == '0') ++zeros;
  out.digits.resize(out.digits.size() - zeros);
  if (!out.digits.empty()) out.exponent = written - fraction + static_cast<std::int64_t>(zeros);
  return out;
}

std::string quoted(std::string_view s) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (std::size_t at = 0; at < s.size();) {
    const char c = s[at];
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      const Decoded next = decode_utf8(s, at);
      append_utf8(out, next.code_point);
      at += next.bytes;
      continue;
    }
    ++at;
    if (byte >= 0x20) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
      continue;
    }
    constexpr std::string_view kNamed = "\b\t\n\f\r", kNames = "btnfr";
    out += '\\';
    if (const std::size_t named = kNamed.find(c); named != std::string_view::npos) {
      out += kNames[named];
    } else {
      out += "u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  out += '"';
  return out;
}

std::string well_formed(std::string_view s) {
  std::string out;
  for (std::size_t at = 0; at < s.size();) {
    const Decoded next = decode_utf8(s, at);
    append_utf8(out, next.code_point);
    at += next.bytes;
  }
  return out;
}

std::optional<CoercedValue> literal(std::string_view word) {
  if (word == "true" || word == "True") return CoercedValue{JsonType::boolean, "true"};
  if (word == "false" || word == "False") return CoercedValue{JsonType::boolean, "false"};
  if (word == "null" || word == "None") return CoercedValue{JsonType::null, "null"};
  return std::nullopt;
}

std::optional<CoercedValue> number(std::string_view text) {
  const JsonScan scan = scan_json_value(text, 0);
  if (!scan.ok || scan.end != text.size()) return std::nullopt;
  const Significant written = significant(text);
  if (written.digits.size() > kMaxDigits) return std::nullopt;
  const double value = parse_decimal(written.digits, written.exponent);
  if (std::isinf(value) || (value == 0.0 && !written.digits.empty())) return std::nullopt;
  return CoercedValue{JsonType::number, std::string(text), significant(shortest_decimal(value)) == written};
}

}  // namespace

CoercedValue coerce_string_type(std::string_view s) {
  const std::string_view text = trimmed(s);
  if (!text.empty()) {
    std::optional<CoercedValue> found;
    const char first = text[0];
    if (first == '{' || first == '[') {
      std::string json(text);
      if (is_valid_json(json) || is_valid_json(json = well_formed(text))) {
        return {first == '{' ? JsonType::object : JsonType::array, std::move(json), true};
      }
    } else {
      found = first == '-' || is_digit(first) ? number(text) : literal(text);
    }
    if (found) return *std::move(found);
  }
  return {JsonType::string, quoted(s), true};
}

Result<std::vector<CoercedValue>> batch_coerce_string_types(std::span<const std::string_view> strings,
                                                            std::int64_t threads) {
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  std::vector<CoercedValue> out(strings.size());
  parallel_for(strings.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = coerce_string_type(strings[i]);
  });
  return out;
}

}  // namespace paritas
