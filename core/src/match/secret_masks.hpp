#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace paritas::secrets {

/// What the scan asks of 64 bytes: bit i says it of byte i.
struct Masks {
  std::uint64_t run;   // may stand in the first bytes of a shape
  std::uint64_t word;  // one of the triggers may begin here
};

// What a byte is, for loops over many of them.
enum Trait : std::uint8_t { kRunByte = 1, kWordByte = 2, kSolidByte = 4, kKeyByte = 8, kSpaceOrQuote = 16 };

inline constexpr std::array<std::uint8_t, 256> kTraits = [] {
  std::array<std::uint8_t, 256> traits{};
  const auto mark = [&traits](std::string_view bytes, unsigned trait) {
    for (const char c : bytes) {
      traits[static_cast<unsigned char>(c)] = static_cast<std::uint8_t>(traits[static_cast<unsigned char>(c)] | trait);
    }
  };
  constexpr unsigned kAll = kRunByte | kWordByte | kSolidByte | kKeyByte;
  mark("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", kAll);
  mark("!$%*+-./:=@~", kRunByte);
  mark("+/-", kSolidByte);
  mark(".-", kKeyByte);
  mark(" \t\r\n\"'`\\", kSpaceOrQuote);
  return traits;
}();

constexpr bool has_trait(char c, unsigned trait) noexcept {
  return (kTraits[static_cast<unsigned char>(c)] & trait) != 0;
}
/// Whether a byte may stand among the first 16 of a shape.
constexpr bool is_run_byte(char c) noexcept { return has_trait(c, kRunByte); }

/// Byte sets by nibbles: byte b is in set `bit` when low[b % 16] & high[b / 16] has it. Sixteen sets of three bytes each,
/// so that three looks at neighbours find whatever begins like one of them, and little else.
struct MaskTables {
  std::array<std::uint8_t, 16> run_low{}, run_high{};
  std::array<std::uint8_t, 16> low[3][2]{}, high[3][2]{};  // of byte 0, 1, 2 of a trigger; sets 0-7 and 8-15

  /// The tables that find these triggers, each three bytes, several of a set by |: a small letter stands for both cases,
  /// A for any letter, ? for any byte. What shares a set also finds mixtures of its members.
  static MaskTables of(const std::array<std::string_view, 16>& triggers);
};

/// Masks of blocks * 64 bytes; two bytes behind them are read.
void fill_masks(const MaskTables& tables, const char* text, std::size_t blocks, Masks* out);

}  // namespace paritas::secrets
