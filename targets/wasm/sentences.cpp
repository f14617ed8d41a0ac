#include "paritas/text/sentences.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

val sentences_of(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  return array_of(sentences(words), [&](const Span& span) { return span_value(span, offsets); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_sentences) { emscripten::function("sentences", &sentences_of); }

}  // namespace paritas::wasm
