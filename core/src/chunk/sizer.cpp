#include "paritas/chunk/sizer.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/parallel.hpp"
#include "chunk/count_points.hpp"
#include "chunk/token_counter.hpp"
#include "paritas/text/graphemes.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"

namespace paritas {
namespace {

constexpr std::array<std::string_view, 7> kNames = {"chars", "bytes", "utf16", "words", "graphemes", "tokens", ""};

// What a code point is to the counter of tokens: a letter of ASCII, white space, a number, a symbol, or a letter or mark that
// weighs so many twelfths of a token.
constexpr unsigned kAsciiLetter = 100, kSpace = 101, kNumber = 102, kSymbol = 103;

constexpr std::array<std::uint8_t, 128> kAsciiKind = [] {
  std::array<std::uint8_t, 128> kinds{};
  for (unsigned c = 0; c < 128; ++c) {
    kinds[c] = static_cast<std::uint8_t>((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? kAsciiLetter
                                         : c == ' ' || (c >= 9 && c <= 13)                ? kSpace
                                         : c >= '0' && c <= '9'                           ? kNumber
                                                                                          : kSymbol);
  }
  return kinds;
}();

constexpr std::array<bool, 256> kIsLetter = [] {
  std::array<bool, 256> letters{};
  for (unsigned c = 0; c < 128; ++c) letters[c] = kAsciiKind[c] == kAsciiLetter;
  return letters;
}();

constexpr unsigned twelfths_of(char32_t c) {
  if (c < 0x250) return 8;
  if (c < 0x370) return 8;
  if (c < 0x400) return 4;
  if (c < 0x530) return 3;
  if (c < 0x600) return 8;
  if (c < 0x700) return 4;
  if (c < 0x750) return 8;
  if (c < 0x780) return 4;
  if (c < 0x900) return 8;
  if (c < 0xE00) return 4;
  if (c < 0xE80) return 5;
  if (c >= 0x1F00 && c < 0x2000) return 4;
  if ((c >= 0x3040 && c < 0x3100) || (c >= 0xAC00 && c < 0xD7B0)) return 8;
  if ((c >= 0x3400 && c < 0xA000) || (c >= 0x20000 && c < 0x31400)) return 9;
  return 8;
}

unsigned kind_of(char32_t c) noexcept {
  if (c < 128) return kAsciiKind[c];
  if (c >= 0x4E00 && c < 0x9FFD) return 9;  // Han, without a look into the tables
  if (is_white_space(c)) return kSpace;
  const Category category = paritas::category(c);
  if (is_letter(category) || is_mark(category)) return twelfths_of(c);
  return is_number(category) ? kNumber : kSymbol;
}

constexpr bool is_double(char32_t symbol) { return symbol >= 0x3100 || (symbol >= 0x2000 && symbol < 0x2010); }

std::size_t count_words(std::string_view text) noexcept {
  std::size_t words = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const Decoded here = byte < 0x80 ? Decoded{byte, 1} : decode_utf8(text, at);
    const bool space = is_white_space(here.code_point);
    words += !space && !inside ? 1 : 0;
    inside = !space;
    at += here.bytes;
  }
  return words;
}

}  // namespace

std::string_view name(LengthUnit unit) noexcept { return kNames[static_cast<std::size_t>(unit)]; }

Result<Sizer> Sizer::named(std::string_view unit) {
  for (std::size_t i = 0; i + 1 < kNames.size(); ++i) {
    if (kNames[i] == unit) return Sizer{static_cast<LengthUnit>(i), nullptr};
  }
  return Error{
      ErrorCode::invalid_argument,
      "length must be \"chars\", \"bytes\", \"utf16\", \"words\", \"graphemes\", \"tokens\" or a function, not \"" +
          std::string(unit) + "\""};
}

std::size_t length_of(std::string_view text, LengthUnit unit) noexcept {
  switch (unit) {
    case LengthUnit::chars:
      return count_points(text).code_points;
    case LengthUnit::bytes:
      return text.size();
    case LengthUnit::utf16:
      return count_points(text).units;
    case LengthUnit::words:
      return count_words(text);
    case LengthUnit::graphemes:
      return count_graphemes(text);
    case LengthUnit::tokens:
      return count_tokens(text);
    case LengthUnit::counter:
      break;
  }
  return 0;
}

std::size_t TokenCounter::open() const noexcept {
  switch (run_) {
    case Run::none:
      return 0;
    case Run::letters:
      return others_ ? std::max<std::size_t>(1, (3 * count_ + twelfths_ + 11) / 12)
                     : 1 + (count_ > 10 ? (count_ - 10) / 5 : 0);
    case Run::number:
      return (count_ + 2) / 3;
    case Run::space:
      return others_ || count_ > 1 ? 1 : 0;
    case Run::symbol:
      return symbol_ < 0x80 ? (count_ + 3) / 4 : is_double(symbol_) ? 2 * count_ : count_;
  }
  return 0;
}

void TokenCounter::step(char32_t c, unsigned kind) noexcept {
  const Run run = kind <= kAsciiLetter ? Run::letters
                  : kind == kSpace     ? Run::space
                  : kind == kNumber    ? Run::number
                                       : Run::symbol;
  if (run != run_ || (run == Run::symbol && c != symbol_)) {
    close();
    run_ = run;
    count_ = 0;
    twelfths_ = 0;
    others_ = false;
    symbol_ = c;
  }
  if (kind < kAsciiLetter) {
    others_ = true;
    twelfths_ += kind;
  } else {
    ++count_;
    others_ = others_ || (kind == kSpace && c == '\n');
  }
}

void TokenCounter::feed(std::string_view slice) noexcept {
  for (std::size_t at = 0; at < slice.size();) {
    const auto byte = static_cast<unsigned char>(slice[at]);
    if (kIsLetter
            [byte]) {  // most of most texts: words at once, and the space between two of them, which counts nothing
      if (run_ != Run::letters) step(byte, kAsciiLetter), ++at;
      for (;;) {
        const std::size_t first = at;
        while (at < slice.size() && kIsLetter[static_cast<unsigned char>(slice[at])]) ++at;
        count_ += at - first;
        if (others_ || at + 1 >= slice.size() || slice[at] != ' ' ||
            !kIsLetter[static_cast<unsigned char>(slice[at + 1])]) {
          break;
        }
        closed_ += 1 + (count_ > 10 ? (count_ - 10) / 5 : 0);
        count_ = 0;
        ++at;
      }
      continue;
    }
    const Decoded here = byte < 0x80 ? Decoded{byte, 1} : decode_utf8(slice, at);
    step(here.code_point, kind_of(here.code_point));
    at += here.bytes;
  }
}

std::size_t count_tokens(std::string_view text) noexcept {
  TokenCounter counter;
  counter.feed(text);
  return counter.total();
}

void count_tokens_batch(std::span<const std::string_view> texts, std::span<std::uint64_t> counts, std::size_t threads) {
  parallel_for(std::min(texts.size(), counts.size()), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) counts[i] = count_tokens(texts[i]);
  });
}

}  // namespace paritas
