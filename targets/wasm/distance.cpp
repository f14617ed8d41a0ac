#include "paritas/vectors/distance.hpp"

#include <emscripten/bind.h>

#include "floats.hpp"

namespace paritas::wasm {
namespace {

double squared_euclidean(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(paritas::squared_euclidean(floats(a, count), floats(b, count)).value());
}
double euclidean_distance(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(paritas::euclidean_distance(floats(a, count), floats(b, count)).value());
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_distance) {
  emscripten::function("squaredEuclidean", &squared_euclidean);
  emscripten::function("euclideanDistance", &euclidean_distance);
}

}  // namespace paritas::wasm
