#include "paritas/vectors/dot.hpp"

#include <emscripten/bind.h>

#include "floats.hpp"

namespace paritas::wasm {
namespace {

val same_length(std::size_t a, std::size_t b) { return outcome(paritas::same_length(a, b), same); }

// The wrapper has asked same_length before, so that a number crosses as a number.
double dot_product(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(paritas::dot_product(floats(a, count), floats(b, count)).value());
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_dot) {
  emscripten::function("sameLength", &same_length);
  emscripten::function("dotProduct", &dot_product);
}

}  // namespace paritas::wasm
