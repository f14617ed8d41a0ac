#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "paritas/base/hash.hpp"

namespace paritas::repair {

/// The first digits, at most 32, of XXH3-128 in lower-case hexadecimal, high half first.
inline std::string hex_digits(std::string_view bytes, std::size_t count = 32) {
  const Hash128 hash = xxh3_128(bytes);
  std::string out(count, '0');
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = "0123456789abcdef"[(i < 16 ? hash.high : hash.low) >> (60 - 4 * (i % 16)) & 15];
  }
  return out;
}

}  // namespace paritas::repair
