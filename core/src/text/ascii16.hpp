#pragma once
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace paritas {

/// Sixteen bytes, looked at together: bit i says it of byte i; what is no ASCII is nothing.
struct Ascii16 {
  std::uint32_t letters = 0, upper = 0, digits = 0;
  std::uint64_t low = 0, high = 0;  // the bytes, capital letters made small

  /// By 64-bit words, for machines without one of the others.
  static Ascii16 by_words(const char* at) {
    Ascii16 out;
    std::memcpy(&out.low, at, 8);
    std::memcpy(&out.high, at + 8, 8);
    out.read(out.low, 0);
    out.read(out.high, 8);
    return out;
  }

#if defined(__SSE2__)
  static Ascii16 of(const char* at) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // first <= byte < first + count, by one signed comparison: `first` is moved to the least of all values.
    const auto within = [](__m128i of, int first, int count) {
      return _mm_cmplt_epi8(_mm_add_epi8(of, _mm_set1_epi8(static_cast<char>(128 - first))),
                            _mm_set1_epi8(static_cast<char>(count - 128)));
    };
    const auto mask = [](__m128i of) { return static_cast<std::uint32_t>(_mm_movemask_epi8(of)); };
    const __m128i capitals = within(bytes, 'A', 26);
    const __m128i lowered = _mm_or_si128(bytes, _mm_and_si128(capitals, _mm_set1_epi8(0x20)));
    Ascii16 out;
    out.letters = mask(within(lowered, 'a', 26));
    out.upper = mask(capitals);
    out.digits = mask(within(bytes, '0', 10));
    out.low = static_cast<std::uint64_t>(_mm_cvtsi128_si64(lowered));
    out.high = static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(lowered, lowered)));
    return out;
  }
#elif defined(__wasm_simd128__)
  static Ascii16 of(const char* at) {
    const v128_t bytes = wasm_v128_load(at);
    const auto within = [](v128_t of, std::int8_t first, std::int8_t count) {
      return wasm_u8x16_lt(wasm_i8x16_sub(of, wasm_i8x16_splat(first)), wasm_i8x16_splat(count));
    };
    const auto mask = [](v128_t of) { return static_cast<std::uint32_t>(wasm_i8x16_bitmask(of)); };
    const v128_t capitals = within(bytes, 'A', 26);
    const v128_t lowered = wasm_v128_or(bytes, wasm_v128_and(capitals, wasm_i8x16_splat(0x20)));
    Ascii16 out;
    out.letters = mask(within(lowered, 'a', 26));
    out.upper = mask(capitals);
    out.digits = mask(within(bytes, '0', 10));
    out.low = static_cast<std::uint64_t>(wasm_i64x2_extract_lane(lowered, 0));
    out.high = static_cast<std::uint64_t>(wasm_i64x2_extract_lane(lowered, 1));
    return out;
  }
#else
  static Ascii16 of(const char* at) { return by_words(at); }
#endif

 private:
  static constexpr std::uint64_t kOnes = 0x0101010101010101u, kTops = 0x80 * kOnes;

  /// The top bit of each byte from `first` to `last`; no byte is above 0x7F, so that no carry leaves it.
  static std::uint64_t within(std::uint64_t bytes, unsigned char first, unsigned char last) {
    return (bytes + (0x80u - first) * kOnes) & ~(bytes + (0x7Fu - last) * kOnes) & kTops;
  }
  static std::uint32_t mask(std::uint64_t tops) {
    return static_cast<std::uint32_t>((tops >> 7) * 0x0102040810204080u >> 56);
  }
  void read(std::uint64_t& bytes, unsigned shift) {
    const std::uint64_t plain = ~bytes & kTops, seven = bytes & ~kTops;
    const std::uint64_t capitals = within(seven, 'A', 'Z') & plain;
    upper |= mask(capitals) << shift;
    letters |= mask(capitals | (within(seven, 'a', 'z') & plain)) << shift;
    digits |= mask(within(seven, '0', '9') & plain) << shift;
    bytes |= capitals >> 2;
  }
};

}  // namespace paritas
