#pragma once
#include <cstdint>

namespace paritas {

/// Numbers that look random and are the same everywhere: tests, digests and sampling draw from here. Not for secrets.
///
/// seed:   any number; equal seeds give equal sequences
/// Source: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). Period 2^64.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) noexcept : state_(seed) {}

  /// 64 random bits.
  constexpr std::uint64_t next() noexcept {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  /// A whole number from 0 to count - 1, by the remainder of one draw; 0 for count 0, which draws too.
  constexpr std::uint64_t below(std::uint64_t count) noexcept {
    const std::uint64_t bits = next();
    return count == 0 ? 0 : bits % count;
  }

  /// A double in [0, 1): the upper 53 bits of one draw.
  constexpr double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

}  // namespace paritas
