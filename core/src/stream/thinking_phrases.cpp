#include "thinking_phrases.hpp"

#include <array>

#include "paritas/stream/thinking_detector.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/word_points.hpp"

namespace paritas {
namespace {

constexpr std::array<std::string_view, 32> kCircular{
    "let me read",     "let me check",         "let me look at",    "let me examine",
    "let me see",      "let me first",         "let me start by",   "let me actually use",
    "let me use the",  "let me continue",      "let me proceed",    "i need to read",
    "i need to check", "i need to look at",    "i need to examine", "i need to see",
    "first let me",    "now let me",           "i'll need to",      "i'll have to",
    "i'll read",       "i'll actually read",   "i will need to",    "i will have to",
    "i will read",     "i will actually read", "now i'll",          "now i will",
    "i should read",   "i should examine",     "i should check",    "i should look",
};

/// Bytes of a phrase at that place, 0 where another text stands there.
std::size_t matched(std::string_view text, std::size_t at, std::string_view phrase) {
  const std::size_t start = at;
  for (const char wanted : phrase) {
    if (at == text.size()) return 0;
    if (wanted == ' ') {
      const std::size_t gap = at;
      while (at < text.size()) {
        const Decoded next = decode_utf8(text, at);
        if (text_class(next.code_point) != TextClass::space) break;
        at += next.bytes;
      }
      if (at == gap) return 0;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    if (wanted == '\'') {
      const Decoded next = decode_utf8(text, at);
      if (text_class(next.code_point) != TextClass::apostrophe) return 0;
      at += next.bytes;
      continue;
    }
    const unsigned lower = byte >= 'A' && byte <= 'Z' ? byte | 0x20u : byte;
    if (lower != static_cast<unsigned char>(wanted)) return 0;
    ++at;
  }
  if (at < text.size() && is_word_point(decode_utf8(text, at).code_point)) return 0;
  return at - start;
}

}  // namespace

bool word_may_start(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  std::size_t before = at - 1;
  while (before > 0 && at - before < 4 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) --before;
  // Where the bytes before are ill-formed they are no word.
  const Decoded last = decode_utf8(text, before);
  return before + last.bytes != at || !is_word_point(last.code_point);
}

std::size_t phrase_at(std::string_view text, std::size_t at, std::span<const std::string_view> phrases) {
  std::size_t longest = 0;
  for (const std::string_view phrase : phrases) {
    const std::size_t size = matched(text, at, phrase);
    longest = size > longest ? size : longest;
  }
  return longest;
}

std::vector<Span> find_circular_patterns(std::string_view text) {
  std::vector<Span> found;
  for (std::size_t at = 0; at < text.size();) {
    const char c = static_cast<char>(text[at] | 0x20);
    const bool may = c == 'l' || c == 'i' || c == 'f' || c == 'n';
    if (may && word_may_start(text, at)) {
      const std::size_t size = phrase_at(text, at, kCircular);
      if (size > 0) {
        found.push_back({at, at + size});
        at += size;
        continue;
      }
    }
    ++at;
  }
  return found;
}

std::size_t count_circular_patterns(std::string_view text) { return find_circular_patterns(text).size(); }
bool detect_circular_phrases(std::string_view text) { return !find_circular_patterns(text).empty(); }

}  // namespace paritas
