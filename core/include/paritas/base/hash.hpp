#pragma once
#include <cstdint>
#include <string_view>

namespace paritas {

/// 128 bits of hash, as two halves.
struct Hash128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend constexpr bool operator==(const Hash128&, const Hash128&) = default;
};

/// XXH3 of some bytes: fast, well mixed, the same on every target. No defence against somebody who looks for collisions.
///
/// seed:   another seed is another hash function; 0 is the usual one
/// Source: xxHash 0.8, XXH3_64bits_withSeed and XXH3_128bits_withSeed.
std::uint64_t xxh3_64(std::string_view bytes, std::uint64_t seed = 0) noexcept;
Hash128 xxh3_128(std::string_view bytes, std::uint64_t seed = 0) noexcept;

}  // namespace paritas
