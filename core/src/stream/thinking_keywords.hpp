#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {

/// Appends what a code point adds to a word: a letter in lower case, 0 for a digit; false where it ends one.
inline bool append_loop_word(std::string& word, char32_t code_point) {
  const Category kind = category(code_point);
  if (kind == Category::Nd) {
    word += '0';
    return true;
  }
  if (!is_letter(kind)) return false;
  std::u32string lower;
  append_lower(lower, code_point);
  for (const char32_t c : lower) append_utf8(word, c);
  return true;
}

/// Calls take(word) for each run of letters and digits.
template <class Take>
void each_loop_word(std::string_view text, Take take) {
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    at += next.bytes;
    if (append_loop_word(word, next.code_point) || word.empty()) continue;
    take(std::string_view(word));
    word.clear();
  }
  if (!word.empty()) take(std::string_view(word));
}

/// What a thought is about: the words of 4 letters or digits and more that are no stop words, and the pairs of letters of
/// scripts without spaces; as hashes, sorted, each once, of a very long thought the first 4096.
std::vector<std::uint64_t> thinking_keywords(std::string_view text);

/// Shared over all; 0 where one is empty.
double keyword_likeness(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) noexcept;

}  // namespace paritas
