#include "paritas/vectors/cosine.hpp"

#include "floats.hpp"

namespace paritas::wasm {

WASM(double, cosineSimilarity)(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(cosine_similarity(floats(a, count), floats(b, count)).value());
}
WASM(double, cosineDistance)(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(cosine_distance(floats(a, count), floats(b, count)).value());
}

}  // namespace paritas::wasm
