#include "paritas/vectors/dot.hpp"

#include "floats.hpp"

namespace paritas::wasm {

WASM(Reply, sameLength)(std::size_t a, std::size_t b) { return outcome(same_length(a, b), number); }

// The wrapper has asked sameLength before, so that a number crosses as a number.
WASM(double, dotProduct)(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(dot_product(floats(a, count), floats(b, count)).value());
}

}  // namespace paritas::wasm
