#include "paritas/vectors/cosine.hpp"

#include <emscripten/bind.h>

#include "floats.hpp"

namespace paritas::wasm {
namespace {

double cosine_similarity(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(paritas::cosine_similarity(floats(a, count), floats(b, count)).value());
}
double cosine_distance(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(paritas::cosine_distance(floats(a, count), floats(b, count)).value());
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_cosine) {
  emscripten::function("cosineSimilarity", &cosine_similarity);
  emscripten::function("cosineDistance", &cosine_distance);
}

}  // namespace paritas::wasm
