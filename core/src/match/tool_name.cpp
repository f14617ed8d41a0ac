#include "paritas/match/tool_name.hpp"

#include <algorithm>

#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr std::size_t kLongest = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool may_begin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool may_follow(char c) { return may_begin(c) || is_digit(c) || c == '-' || c == '.'; }

/// Counts code points only as far as the answer needs.
bool is_longer(std::string_view text, std::size_t most) {
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).bytes) {
    if (most-- == 0) return true;
  }
  return false;
}

}  // namespace

std::string_view tool_name_fault(std::string_view name) noexcept {
  if (name.empty()) return "empty";
  if (is_longer(name, kLongest)) return "too_long";
  if (is_digit(name.front())) return "starts_with_digit";
  if (!may_begin(name.front()) || !std::all_of(name.begin(), name.end(), may_follow)) return "invalid_characters";
  return {};
}

}  // namespace paritas
