#include "paritas/text/terms.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

val terms_of(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  return array_of(terms(words), [&](const Term& term) {
    val out = val::object();
    out.set("kind", std::string(name(term.kind)));
    out.set("span", span_value(term.span, offsets));
    out.set("key", term.key);
    out.set("stem", term.stem);
    out.set("negated", term.negated);
    out.set("spaceBefore", term.space_before);
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_terms) { emscripten::function("terms", &terms_of); }

}  // namespace paritas::wasm
