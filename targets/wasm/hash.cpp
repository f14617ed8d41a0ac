#include "paritas/base/hash.hpp"

#include "convert.hpp"

namespace paritas::wasm {

// For the tests; the package shows neither. Numbers of 64 bits are BigInts there.
WASM(std::uint64_t, xxh3_64)(std::uintptr_t at, std::size_t bytes, std::uint64_t seed) {
  return xxh3_64(text(at, bytes), seed);
}

/// The upper half, then the lower one.
WASM(Reply, xxh3_128)(std::uintptr_t at, std::size_t bytes, std::uint64_t seed) {
  const Hash128 hash = xxh3_128(text(at, bytes), seed);
  Packer out;
  out.number(hash.high);
  out.number(hash.low);
  return out.out();
}

}  // namespace paritas::wasm
