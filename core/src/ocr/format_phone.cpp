#include <cstddef>
#include <optional>

#include "ocr/format_text.hpp"

namespace paritas::format {
namespace {

constexpr bool is_sign(char c) { return std::string_view(" .-/()").find(c) != std::string_view::npos; }

/// What follows "ext.", "ext", "x" or "#", in any case.
std::optional<std::string_view> behind_marker(std::string_view text) {
  for (const std::string_view marker : {"EXT.", "EXT", "X", "#"}) {
    const std::string_view start = text.substr(0, marker.size());
    const auto same = [](char a, char b) { return upper(a) == b; };
    if (std::equal(start.begin(), start.end(), marker.begin(), marker.end(), same)) return text.substr(marker.size());
  }
  return std::nullopt;
}

}  // namespace

void read_phone(std::string_view text, FormatResult& out) {
  std::size_t end = 0;
  while (end < text.size() && (is_digit(text[end]) || is_sign(text[end]) || text[end] == '+')) ++end;
  std::string_view extension;
  if (end < text.size()) {
    const std::optional<std::string_view> behind = behind_marker(text.substr(end));
    const auto known = [](char c) { return is_digit(c) || is_sign(c); };
    if (!behind || !std::all_of(behind->begin(), behind->end(), known)) return refuse(out, "phone_chars");
    extension = behind->substr(behind->substr(0, 1) == " " ? 1 : 0);
    if (extension.empty() || extension.size() > 6 || !all_digits(extension)) return refuse(out, "phone_form");
  }
  std::string digits;
  bool plus = false;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < end; ++i) {
    const char c = text[i];
    if (c == '+') {
      if (plus || !digits.empty()) return refuse(out, "phone_form");
      plus = true;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      if (depth == 0) return refuse(out, "phone_form");
      --depth;
    } else if (is_digit(c)) {
      // +49 (0)30: the zero is dialled inside the country only.
      const bool trunk = i > 0 && text.substr(i - 1, 3) == "(0)";
      const bool abroad = plus ? !digits.empty() : digits.size() > 2 && digits[0] == '0' && digits[1] == '0';
      if (!trunk || !abroad) digits += c;
    }
  }
  if (depth != 0) return refuse(out, "phone_form");
  if (!plus && digits.substr(0, 2) == "00") {
    plus = true;
    digits.erase(0, 2);
  }
  if (digits.size() < 7 || digits.size() > 15) return refuse(out, "phone_length");
  if (digits.find_first_not_of(digits[0]) == std::string::npos) return refuse(out, "phone_form");
  std::string normalized = plus ? "+" : "";
  normalized += digits;
  if (!extension.empty()) {
    normalized += ";ext=";
    normalized += extension;
  }
  accept(out, "phone_valid", std::move(normalized));
}

}  // namespace paritas::format
