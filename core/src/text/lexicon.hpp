#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "text/lexicon_tables.hpp"
#include "text/symbol.hpp"

namespace paritas::lexicon {

/// A piece of the lists of partners.
struct Range {
  std::uint16_t start, count;
};

/// Everything that is known about a word by itself. Word 0 is the unknown one.
struct Word {
  std::uint32_t flags;
  std::uint16_t stem;  // number of the stem of its key; 0 when it is its own
  std::uint16_t key;   // of isnt: is, of cannot: can; 0 when it is its own
  std::uint16_t per;   // what "per h" means: "hour"; 0 when it is no abbreviation
  Range antonyms;      // of a stem, in alphabetical order
  Range opposed;       // of a stem: active for inactive, and back
  bool negated;
  std::uint8_t month;
  std::uint8_t scale;  // power of ten
  std::int8_t unit_value;
  std::uint8_t tens;
  std::uint8_t ordinal;
  std::uint8_t divisor;
  bool plural_divisor;
  std::uint8_t unit;  // of a stem: number of the unit that it names

  [[nodiscard]] bool is(Flag flag) const { return (flags & flag) != 0; }
};

struct Unit {
  const char* name;
  double factor;
  std::uint8_t dimension;
};

struct UnitSymbol {
  std::uint32_t text;  // up to 4 bytes, zeros behind them
  std::uint8_t unit;
};

extern const std::uint16_t kDisplacements[];
extern const std::uint8_t kSpellings[];
extern const std::array<Symbol, kWords + 1> kSymbols;
extern const std::array<std::uint16_t, kSlots> kSlotWords;
extern const std::uint16_t kLists[];
extern const Word kWordTable[];
extern const char* const kDimensions[];
extern const Unit kUnitTable[];
extern const UnitSymbol kSymbolTable[];

/// What a word may begin, or as a stem makes of its words.
enum Role : std::uint8_t {
  kBeginsNumber = 1,  // a month, a number in words, "a", "an"
  kCue = 2,
  kCueStem = 4,
  kOpposite = 8,      // has antonyms
  kContraction = 16,  // isnt: what it negates is another word
  kStop = 32,
  kNegative = 64,
};
// Of each word, apart from all else that is known of it, for the loops over all terms: its roles, and its stem's number.
extern const std::array<std::uint8_t, kWords + 1> kRoles;
extern const std::array<std::uint16_t, kWords + 1> kRoots;

/// The slot that the displacements leave to one word alone.
inline std::size_t slot_of(const Symbol& symbol) noexcept {
  const std::uint64_t hash = symbol.hash();
  const std::uint64_t displacement = kDisplacements[hash >> 56];
  return static_cast<std::size_t>(((hash >> 24) + displacement * (hash >> 40 | 1)) % kSlots);
}

/// The number of a word, 0 when it is unknown.
inline std::uint16_t find(const Symbol& symbol) noexcept {
  const std::uint16_t number = kSlotWords[slot_of(symbol)];
  const Symbol& known = kSymbols[number];
  const bool same = ((known.low ^ symbol.low) | (known.high ^ symbol.high)) == 0;
  return static_cast<std::uint16_t>(number * static_cast<unsigned>(same));  // no branch: half of all words are unknown
}

inline const Symbol& symbol_of(std::uint16_t number) noexcept { return kSymbols[number]; }

inline const Word& word_of(std::uint16_t number) noexcept { return kWordTable[number]; }

inline std::span<const std::uint16_t> partners(Range range) noexcept { return {kLists + range.start, range.count}; }

/// The unit that is written just so, 0 for none.
std::uint8_t unit_symbol(std::string_view surface) noexcept;

/// The unit of a currency sign, 0 for any other character.
std::uint8_t currency_sign(char32_t mark) noexcept;

/// The unit that a mark stands for: percent, permille, degree; 0 for any other character.
std::uint8_t unit_mark(char32_t mark) noexcept;

}  // namespace paritas::lexicon
