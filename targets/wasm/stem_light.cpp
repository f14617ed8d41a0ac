#include "paritas/text/stem_light.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"

namespace paritas::wasm {
namespace {

std::string stem(std::uintptr_t at, std::size_t bytes) { return paritas::stem(text(at, bytes)); }

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_stem_light) { emscripten::function("stem", &stem); }

}  // namespace paritas::wasm
