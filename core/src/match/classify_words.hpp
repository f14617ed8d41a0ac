#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/match/classify.hpp"

namespace paritas::classify {

inline constexpr std::size_t kMostWords = 64;  // of a keyword or negator: what is tried at one word of a text

/// What stands between two words.
enum Gap : std::uint8_t {
  kSpace = 1,     // on one line
  kHyphen = 2,    // of any kind
  kStop = 4,      // "." or ":"
  kEnd = 8,       // another end of a clause, or a line break
  kComma = 16,    //
  kElse = 32,     //
  kSecond = 64,   // more than one code point
  kInside = 128,  // "." or ":" or "::" and no more: main.py, std::move
};
constexpr bool is_tight(std::uint8_t gap) noexcept { return gap == 0; }
constexpr bool is_loose(std::uint8_t gap) noexcept { return (gap & ~kSecond) == kSpace || gap == kHyphen; }
constexpr bool ends_clause(std::uint8_t gap) noexcept { return (gap & kInside) == 0 && (gap & (kStop | kEnd)) != 0; }

/// A run of word points with inner apostrophes, or one letter of a script that writes no spaces.
struct Word {
  std::size_t start = 0;
  std::size_t end = 0;
  std::size_t codepoint = 0;  // of the start
  std::uint8_t gap = 0;       // what stands before it, Gap
  std::uint64_t first = 0;    // up to 8 bytes, lowered; then up to 8 more: the whole word when it has 16 or fewer
  std::uint64_t second = 0;
  std::size_t size = 0;  // bytes, once lowered
};

/// Reads the words of a text one after the other.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : text_(text) {}
  /// False when there is none left; the whole text has been read then.
  bool next(Word& word) noexcept;
  /// Code points of what has been read.
  [[nodiscard]] std::size_t codepoints() const noexcept { return at_ - extra_; }

 private:
  void read_gap(Word& word) noexcept;
  void read_word(Word& word) noexcept;
  [[nodiscard]] bool word_point_at(std::size_t at) const noexcept;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t extra_ = 0;  // bytes that begin no code point
  bool unspaced_ = false;  // a letter without spaces stands at at_
};

/// ASCII-lowered, U+2019 as an apostrophe.
std::string lowered(std::string_view text);

/// The words of a keyword, and whether nothing stands before each.
struct Phrase {
  std::vector<std::string> words;
  std::vector<bool> tight;
  std::size_t first_end = 0;  // bytes of the text
  std::size_t start = 0;
  std::size_t end = 0;
};
Result<Phrase> phrase_of(std::string_view text, const std::string& what, std::size_t offset);

/// A word and what English makes of it: third person, past, -ing.
std::vector<std::string> forms_of(const std::string& word);

std::vector<KeywordCategory> standard_categories();

enum class Negation : std::uint8_t { none, plain, verb, no };  // no: looks like one and is none
struct NegationPhrase {
  std::string_view text;
  Negation kind;
};
const std::vector<NegationPhrase>& standard_negations();

/// What a word means to the scope of a negation.
enum ScopeWord : std::uint8_t { kEndsScope = 1, kSoftener = 2, kAnd = 4, kOr = 8 };
struct ScopeEntry {
  std::string_view word;
  std::uint8_t meaning;
};
const std::vector<ScopeEntry>& scope_words();

}  // namespace paritas::classify
