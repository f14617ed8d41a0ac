#include "paritas/base/maths.hpp"

#include <emscripten/bind.h>

namespace paritas::wasm {

// For the tests; the package shows none of them. (embind does not see through noexcept.)
EMSCRIPTEN_BINDINGS(paritas_maths) {
  emscripten::function(
      "log", +[](double x) { return log(x); });
  emscripten::function(
      "log2", +[](double x) { return log2(x); });
  emscripten::function(
      "exp", +[](double x) { return exp(x); });
}

}  // namespace paritas::wasm
