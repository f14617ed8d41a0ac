#pragma once
#include <cstddef>
#include <cstdint>

// The shape of what tools/unicode/make_tables.py writes.
namespace paritas::unicode {

enum Flag : std::uint8_t {
  kFolds = 1,
  kLowers = 2,
  kDecomposes = 4,  // by the tables; Hangul syllables decompose by arithmetic
  kJoinsBack = 8,   // the second part of a composite
  kInert = 16,      // its own fold, whatever stands before it, when nothing joins it from behind
  kStarts = 32,     // nothing in its fold joins to what stands before it: a fold can be cut here
  kQuickNfc = 64,   // NFC_Quick_Check is yes: in a text of these in order of their classes, NFC changes nothing
  kQuickNfkc = 128,
};

struct Facts {
  std::uint8_t category;
  std::uint8_t text_class;
  std::uint8_t digit;  // 255: none
  std::uint8_t combining;
  std::uint8_t flags;
};
struct Range {
  char32_t first;
  char32_t last;
  std::uint8_t step;
  std::int32_t difference;
};
struct Longer {
  char32_t from;
  char32_t to[3];  // padded by 0
};

inline constexpr std::size_t kBlock = 256;
inline constexpr std::size_t kAnchorStep = 16;
extern const Facts kFacts[];
extern const std::uint16_t kBlockOf[];
extern const std::uint8_t kFactsOf[];
extern const Range kFoldRanges[];
extern const Longer kFoldLonger[];
extern const Range kLowerRanges[];
extern const char32_t kRunStart[];
extern const std::uint16_t kRunEntry[];
extern const std::uint8_t kEntry[];
extern const std::uint16_t kAnchor[];
extern const std::uint8_t kPartsLow[];  // two halves: they pack better apart
extern const std::uint8_t kPartsHigh[];
extern const char32_t kComposites[];
extern const std::size_t kFoldRangeCount, kFoldLongerCount, kLowerRangeCount, kRunCount, kCompositeCount;

inline const Facts& facts(char32_t c) noexcept {
  if (c > 0x10FFFF) c = 0x10FFFF;  // a noncharacter: Cn, other
  return kFacts[kFactsOf[kBlockOf[c / kBlock] * kBlock + c % kBlock]];
}

/// The result of a mapping to one code point; the code point itself when no range holds it.
char32_t map(const Range* ranges, std::size_t count, char32_t c) noexcept;

}  // namespace paritas::unicode
