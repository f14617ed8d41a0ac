#include <array>

#include "match/classify_words.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/word_points.hpp"

namespace paritas::classify {
namespace {

/// What an ASCII character of a gap is; 0 for a word point.
constexpr std::array<std::uint8_t, 128> kGapOf = [] {
  std::array<std::uint8_t, 128> out{};
  for (unsigned c = 0; c < 128; ++c) {
    out[c] = kAsciiWordPoint[c]                                             ? 0
             : c == ' ' || c == '\t'                                        ? kSpace
             : (c >= '\n' && c <= '\r') || c == '!' || c == '?' || c == ';' ? kEnd
             : c == '-'                                                     ? kHyphen
             : c == '.' || c == ':'                                         ? kStop
             : c == ','                                                     ? kComma
                                                                            : kElse;
  }
  return out;
}();

/// A word point in lower case; 0 for every other byte.
constexpr std::array<std::uint8_t, 256> kLowered = [] {
  std::array<std::uint8_t, 256> out{};
  for (unsigned c = 0; c < 128; ++c) {
    if (kAsciiWordPoint[c]) out[c] = static_cast<std::uint8_t>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return out;
}();

std::uint8_t gap_of(char32_t c) noexcept {
  if (c == 0x85 || c == 0x2028 || c == 0x2029) return kEnd;
  if (c == U'。' || c == U'！' || c == U'？' || c == U'；' || c == U'：') return kEnd;
  if (c == U'，' || c == U'、') return kComma;
  const TextClass kind = text_class(c);
  return kind == TextClass::space ? kSpace : kind == TextClass::hyphen ? kHyphen : kElse;
}

bool is_unspaced(char32_t c) noexcept {
  const Category kind = category(c);
  return is_letter(kind) || is_mark(kind) || kind == Category::Nd || kind == Category::Pc;
}

}  // namespace

bool Reader::word_point_at(std::size_t at) const noexcept { return word_point_after(text_, at); }

bool Reader::next(Word& word) noexcept {
  read_gap(word);
  if (at_ == text_.size()) return false;
  read_word(word);
  return true;
}

void Reader::read_gap(Word& word) noexcept {
  const std::size_t start = at_, size = text_.size();
  const char* const bytes = text_.data();
  std::size_t at = start;
  unsigned gap = 0, count = 0;
  while (at < size) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte < 128) {
      if (kGapOf[byte] == 0) break;
      gap |= kGapOf[byte];
      ++at;
    } else {
      const Decoded decoded = decode_utf8(text_, at);
      if (is_word_point(decoded.code_point)) break;
      unspaced_ = is_unspaced(decoded.code_point);
      if (unspaced_) break;
      gap |= gap_of(decoded.code_point);
      at += decoded.bytes;
      extra_ += decoded.bytes - 1;
    }
    ++count;
  }
  at_ = at;
  if (count > 1) gap |= kSecond;
  if ((gap & ~unsigned{kSecond}) == kStop && (count == 1 || text_.substr(start, at - start) == "::")) gap |= kInside;
  word.gap = static_cast<std::uint8_t>(gap);
}

void Reader::read_word(Word& word) noexcept {
  word.start = at_;
  word.codepoint = at_ - extra_;
  const char* const bytes = text_.data();
  const std::size_t end = text_.size();
  std::size_t at = at_, size = 0;
  std::uint64_t first = 0, second = 0;
  // Nearly all words end within these two loops.
  for (; size < 8 && at < end; ++size, ++at) {
    const std::uint8_t letter = kLowered[static_cast<unsigned char>(bytes[at])];
    if (letter == 0) break;
    first = first << 8 | letter;
  }
  if (size == 8) {
    for (; size < 16 && at < end; ++size, ++at) {
      const std::uint8_t letter = kLowered[static_cast<unsigned char>(bytes[at])];
      if (letter == 0) break;
      second = second << 8 | letter;
    }
  }
  const auto push = [&](unsigned byte) {
    if (size < 8) {
      first = first << 8 | byte;
    } else if (size < 16) {
      second = second << 8 | byte;
    }
    ++size;
  };
  const auto push_next = [&](std::size_t count) {
    extra_ += count - 1;
    for (const std::size_t stop = at + count; at < stop; ++at) push(static_cast<unsigned char>(bytes[at]));
  };
  if (unspaced_) {
    unspaced_ = false;
    push_next(decode_utf8(text_, at).bytes);
  } else {
    while (at < end) {
      const auto byte = static_cast<unsigned char>(bytes[at]);
      if (kLowered[byte] != 0) {
        push(kLowered[byte]);
        ++at;
      } else if (byte < 128) {
        if (byte != '\'' || !word_point_at(at + 1)) break;
        push('\'');
        ++at;
      } else {
        const Decoded decoded = decode_utf8(text_, at);
        if (decoded.code_point == 0x2019 && word_point_at(at + 3)) {
          push('\'');
          at += 3;
          extra_ += 2;
        } else if (is_word_point(decoded.code_point)) {
          push_next(decoded.bytes);
        } else {
          break;
        }
      }
    }
  }
  at_ = at;
  word.end = at;
  word.first = first;
  word.second = second;
  word.size = size;
}

}  // namespace paritas::classify
