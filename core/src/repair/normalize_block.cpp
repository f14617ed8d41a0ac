#include "paritas/repair/normalize_block.hpp"

#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"

namespace paritas {
namespace {

constexpr char32_t kCapitalDottedI = 0x130;  // the only code point whose full lower case is longer than its simple one

void append_simple_lower(std::string& out, char32_t code_point, std::u32string& lower) {
  lower.clear();
  append_lower(lower, code_point);
  append_utf8(out, code_point == kCapitalDottedI ? U'i' : lower.front());
}

bool is_dropped_at_the_end(char c) { return c == '.' || c == ',' || c == ';' || c == ':' || c == ' '; }

}  // namespace

std::string normalize_block(std::string_view block) {
  std::string out;
  out.reserve(block.size());
  std::u32string lower;
  bool after_space = false;
  for (std::size_t at = 0; at < block.size();) {
    const Decoded next = decode_utf8(block, at);
    at += next.bytes;
    if (is_white_space(next.code_point)) {
      after_space = !out.empty();
      continue;
    }
    if (after_space) out += ' ';
    after_space = false;
    if (next.code_point < 0x80) {
      const char c = static_cast<char>(next.code_point);
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    } else {
      append_simple_lower(out, next.code_point, lower);
    }
  }
  while (!out.empty() && is_dropped_at_the_end(out.back())) out.pop_back();
  return out;
}

}  // namespace paritas
