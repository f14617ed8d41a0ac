#pragma once
#include <cstddef>
#include <cstdint>

// What text_quality knows of a code point: one byte each in two stages, written by tools/ocr/make_characters.py.
namespace paritas {

enum class TextKind : std::uint8_t {
  other,
  space,   // White_Space
  unseen,  // marks and format characters
  digit,
  sign,   // punctuation and symbols
  latin,  // letters by the first word of their Unicode name
  greek,  //
  cyrillic,
  foreign,  // any other letter
};

enum TextFlag : std::uint8_t {
  kUpper = 1,
  kLower = 2,
  kOdd = 4,  // a sign that print seldom has and misread ink often
  kBad = 8,  // U+FFFD, a control, a surrogate, private use, not assigned
  kLowers = 16,
  kNumeric = 32,  // a digit, or what stands between digits
};

struct TextCharacter {
  TextKind kind;
  std::uint8_t flags;
  std::uint8_t letter;  // 1 to 26 where it folds to a to z, else 0
};

namespace text_characters {
inline constexpr std::size_t kBlock = 128;
extern const TextCharacter kDistinct[];
extern const std::uint8_t kBlockOf[];
extern const std::uint8_t kNumberOf[];
}  // namespace text_characters

inline const TextCharacter& text_character(char32_t c) noexcept {
  using namespace text_characters;
  if (c < kBlock) return kDistinct[kNumberOf[c]];  // the first block is stored first
  if (c > 0x10FFFF) c = 0x10FFFF;                  // a noncharacter
  return kDistinct[kNumberOf[kBlockOf[c / kBlock] * kBlock + c % kBlock]];
}

constexpr bool is_letter(TextKind kind) noexcept { return kind >= TextKind::latin; }
/// Latin, Greek or Cyrillic.
constexpr bool is_named(TextKind kind) noexcept { return kind >= TextKind::latin && kind <= TextKind::cyrillic; }

}  // namespace paritas
