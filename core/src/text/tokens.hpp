#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/inline_vector.hpp"
#include "paritas/text/terms.hpp"
#include "text/cut_sentences.hpp"
#include "text/lexicon.hpp"
#include "text/number_term.hpp"
#include "text/symbol.hpp"

namespace paritas {

/// What the characters of a surface are; the first one and all others are told apart.
enum Surface : std::uint8_t {
  kUpper = 1,   // Lu
  kLower = 2,   // Ll
  kLetter = 4,  // L*
  kDigit = 8,   // Nd
  kSign = 16,   // @ _ &
  kPoint = 32,  // .
};

inline constexpr std::uint32_t kNone = 0xFFFFFFFFu;

/// A term with what the rooms text and verify find out about it. Offsets count bytes.
struct Token {
  std::size_t start, end;
  Symbol key, stem;
  char32_t mark = 0;  // of a mark: its code point
  std::uint32_t sentence = 0;
  std::uint32_t number = kNone;   // index of the number it is a part of
  std::uint32_t numeral = kNone;  // of a number term: index of what its digits say
  std::uint16_t word = 0;         // number of the key in the lexicon
  std::uint16_t root = 0;         // number of the stem in the lexicon
  TermKind kind;
  std::uint8_t first = 0, rest = 0;  // Surface bits of the first character and of the others
  bool several = false;              // two characters or more
  bool many_capitals = false;        // two Lu or more
  bool dotted = false;               // every piece between its dots has at most one character
  bool negated = false;
  bool space_before = false;
  bool capped = false;  // an all-caps word of a text that does not shout
  bool content = false;
  bool cue = false;
  bool transparent = false;  // has characters that its surface leaves out

  [[nodiscard]] const lexicon::Word& lex() const { return lexicon::word_of(word); }
  [[nodiscard]] bool has(Surface bit) const { return ((first | rest) & bit) != 0; }
  [[nodiscard]] bool is_word() const { return kind == TermKind::word; }
  [[nodiscard]] bool is_mark(char32_t c) const { return kind == TermKind::mark && mark == c; }
  [[nodiscard]] bool key_is(char c) const { return key.length() == 1 && key.low == static_cast<unsigned char>(c); }
  /// A stop word that is not capped, as "US" or "IT" are.
  [[nodiscard]] bool stop() const { return lex().is(lexicon::k_stop) && !capped; }
  [[nodiscard]] bool all_caps() const { return several && ((first | rest) & (kUpper | kLower)) == kUpper; }
  /// A word that says something by itself, be it in a number or not.
  [[nodiscard]] bool content_word() const { return content; }
};

/// The text of a token without its transparent characters; `scratch` holds it where there are any.
std::string_view surface_of(std::string_view text, const Token& token, std::string& scratch);

using TokenList = InlineVector<Token, 96>;
using TokenPlaces = InlineVector<std::uint32_t, 32>;
using NumeralList = InlineVector<NumberTerm, 8>;

/// The tokens of a text; `shouts`: at least four words, none with a small letter.
struct Tokens {
  TokenList list;
  NumeralList numerals;
  CandidateList candidates;   // where sentences may end
  TokenPlaces number_starts;  // the tokens that a number may begin with: all of those, and some others
  TokenPlaces cue_starts;     // the words that a cue begins with, if the words around agree
  bool shouts = false;
};

void tokenize(std::string_view text, LongWords& words, Tokens& out);

}  // namespace paritas
