#pragma once
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

// Where personal data may be: at digits, ":" and "@". Texts have few of them, so what looks for them is all that counts.
namespace paritas::pii {

constexpr bool is_anchor(char c) noexcept { return (c >= '0' && c <= ':') || c == '@'; }  // ":" follows "9"

inline constexpr std::size_t kAnchorBlock = 64;

/// Bit i says it of byte i, of `count` bytes.
inline std::uint64_t anchors_by_bytes(const char* at, std::size_t count) noexcept {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < count; ++i) out |= std::uint64_t{is_anchor(at[i])} << i;
  return out;
}

/// The same of 64 bytes.
inline std::uint64_t anchors(const char* at) noexcept {
#if defined(__SSE2__)
  std::uint64_t out = 0;
  for (unsigned part = 0; part < 4; ++part) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16 * part));
    // '0' <= byte <= ':' by one signed comparison: '0' is moved to the least of all values.
    const __m128i moved = _mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(128 - '0')));
    const __m128i found = _mm_or_si128(_mm_cmplt_epi8(moved, _mm_set1_epi8(static_cast<char>(-128 + ':' - '0' + 1))),
                                       _mm_cmpeq_epi8(bytes, _mm_set1_epi8('@')));
    out |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(found))} << 16 * part;
  }
  return out;
#elif defined(__wasm_simd128__)
  std::uint64_t out = 0;
  for (unsigned part = 0; part < 4; ++part) {
    const v128_t bytes = wasm_v128_load(at + 16 * part);
    const v128_t found =
        wasm_v128_or(wasm_u8x16_lt(wasm_i8x16_sub(bytes, wasm_i8x16_splat('0')), wasm_i8x16_splat(':' - '0' + 1)),
                     wasm_i8x16_eq(bytes, wasm_i8x16_splat('@')));
    out |= std::uint64_t{static_cast<std::uint32_t>(wasm_i8x16_bitmask(found))} << 16 * part;
  }
  return out;
#else
  return anchors_by_bytes(at, kAnchorBlock);
#endif
}

}  // namespace paritas::pii
