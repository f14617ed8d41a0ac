#pragma once
#include <cstddef>
#include <cstdint>

namespace paritas::repair {

inline constexpr std::size_t kMarkBlock = 64;  // bytes of a text for which there is one word of marks

/// Of whole blocks of 64 bytes: the bytes, capitals of ASCII in lower case, and a bit for each letter or digit of ASCII.
/// Where it stopped: behind the last block, or before the first one that has a byte above 0x7F.
std::size_t mark_words(const char* text, std::size_t blocks, char* lower, std::uint64_t* marks) noexcept;

}  // namespace paritas::repair
