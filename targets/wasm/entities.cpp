#include "paritas/verify/entities.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

val entities_of(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  return array_of(extract_entities(words), [&](const Entity& entity) {
    val out = val::object();
    out.set("span", span_value(entity.span, offsets));
    out.set("keys", list(entity.keys));
    out.set("strong", entity.strong);
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_entities) { emscripten::function("extractEntities", &entities_of); }

}  // namespace paritas::wasm
