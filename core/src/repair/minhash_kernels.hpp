#pragma once
#include <cstddef>
#include <cstdint>

namespace paritas::repair {

/// least[i] = min(least[i], high 32 bits of (a[i] * x + b[i]) mod 2^64) for all of the x.
/// count: permutations, a multiple of 16, and the arrays are as long
void minimise(const std::uint64_t* a, const std::uint64_t* b, std::size_t count, const std::uint64_t* x,
              std::size_t items, std::uint32_t* least) noexcept;
inline constexpr std::size_t kPermutationStep = 16;

/// How many places of two signatures are equal.
std::size_t equal_places(const std::uint32_t* a, const std::uint32_t* b, std::size_t count) noexcept;

}  // namespace paritas::repair
