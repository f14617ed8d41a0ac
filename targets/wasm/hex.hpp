#pragma once
#include <charconv>
#include <cstdint>
#include <string>

namespace paritas::wasm {

/// 16 hexadecimal digits: JavaScript's numbers have 53 bits.
inline std::string to_hex(std::uint64_t bits) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + 16, bits, 16).ptr;
  return std::string(static_cast<std::size_t>(digits + 16 - end), '0') + std::string(digits, end);
}

inline std::uint64_t from_hex(const std::string& digits) {
  std::uint64_t bits = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
  return bits;
}

}  // namespace paritas::wasm
