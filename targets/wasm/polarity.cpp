#include "paritas/verify/polarity.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

val cues_of(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  const auto span = [&](const Span& of) { return span_value(of, offsets); };
  return array_of(extract_cues(words), [&](const Cue& cue) {
    val out = val::object();
    out.set("span", span(cue.span));
    out.set("scope", array_of(cue.scope, span));
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_polarity) { emscripten::function("extractCues", &cues_of); }

}  // namespace paritas::wasm
