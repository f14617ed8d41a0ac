#include "hnsw_kernels.hpp"

#include <bit>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE \
  "vectors/hnsw_kernels.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {

// Plain code: at each target above the oldest one, the compiler counts the bits of a word in one instruction.
template <std::size_t kWords>
HWY_INLINE void Of(const std::uint64_t* HWY_RESTRICT query, const std::uint64_t* HWY_RESTRICT signs, std::size_t words,
                   const std::uint32_t* slots, std::size_t count, std::uint16_t* HWY_RESTRICT out) {
  if constexpr (kWords != 0) words = kWords;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t* row = signs + std::size_t{slots[i]} * words;
    int bits = 0;
    for (std::size_t w = 0; w < words; ++w) bits += __builtin_popcountll(query[w] ^ row[w]);
    out[i] = static_cast<std::uint16_t>(bits);
  }
}

void SignDifferences(const std::uint64_t* query, const std::uint64_t* signs, std::size_t words,
                     const std::uint32_t* slots, std::size_t count, std::uint16_t* out) {
  switch (words) {
    case 2:
      return Of<2>(query, signs, words, slots, count, out);
    case 6:
      return Of<6>(query, signs, words, slots, count, out);
    case 12:
      return Of<12>(query, signs, words, slots, count, out);
    default:
      return Of<0>(query, signs, words, slots, count, out);
  }
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas {
HWY_EXPORT(SignDifferences);
void sign_differences(const std::uint64_t* query, const std::uint64_t* signs, std::size_t words,
                      const std::uint32_t* slots, std::size_t count, std::uint16_t* out) {
  HWY_DYNAMIC_DISPATCH(SignDifferences)(query, signs, words, slots, count, out);
}
}  // namespace paritas
#endif
