#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace paritas {

/// Some of the 256 bytes, and where the first of them stands in a text.
class ByteSet {
 public:
  void add(unsigned char byte) noexcept;
  [[nodiscard]] bool has(char byte) const noexcept { return has_[static_cast<unsigned char>(byte)]; }

  /// The first place from `from` up to `to` with a byte of the set; `to` without one.
  [[nodiscard]] std::size_t find(std::string_view text, std::size_t from, std::size_t to) const noexcept {
    // Tokens are short, and where one byte was found another one is near.
    const std::size_t near = to - from < kNear ? to : from + kNear;
    for (; from < near; ++from) {
      if (has(text[from])) return from;
    }
    return from == to ? to : find_far(text.data(), from, to);
  }

 private:
  static constexpr std::size_t kNear = 16;
  [[nodiscard]] std::size_t find_far(const char* text, std::size_t from, std::size_t to) const noexcept;

  std::array<bool, 256> has_{};
  // A byte may be in the set when the entries of its two halves have a bit in common: one bit for each upper half, shared
  // when there are more than eight.
  alignas(16) std::array<std::uint8_t, 16> low_{};
  alignas(16) std::array<std::uint8_t, 16> high_{};
  unsigned halves_ = 0;
};

/// Bytes that begin no code point, 0x80 to 0xBF; and whether all bytes are ASCII.
struct ByteCount {
  std::size_t continuations;
  bool ascii;
};
ByteCount count_bytes(std::string_view text) noexcept;

}  // namespace paritas
