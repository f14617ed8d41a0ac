#include "paritas/text/fold.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"

namespace paritas::wasm {
namespace {

// For the tests; the package does not show it.
std::string fold(std::uintptr_t at, std::size_t bytes, bool keep_accents) {
  std::string out;
  paritas::fold(text(at, bytes), out, keep_accents ? Accents::keep : Accents::drop);
  return out;
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_fold) { emscripten::function("fold", &fold); }

}  // namespace paritas::wasm
