#include "paritas/base/hash.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"
#include "hex.hpp"

namespace paritas::wasm {
namespace {

// For the tests and the self check; the package shows neither. Numbers of 64 bits cross as 16 hexadecimal digits.
std::string xxh3_64(std::uintptr_t at, std::size_t bytes, const std::string& seed) {
  return to_hex(paritas::xxh3_64(text(at, bytes), from_hex(seed)));
}

std::string xxh3_128(std::uintptr_t at, std::size_t bytes, const std::string& seed) {
  const Hash128 hash = paritas::xxh3_128(text(at, bytes), from_hex(seed));
  return to_hex(hash.high) + to_hex(hash.low);
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_hash) {
  emscripten::function("xxh3_64", &xxh3_64);
  emscripten::function("xxh3_128", &xxh3_128);
}

}  // namespace paritas::wasm
