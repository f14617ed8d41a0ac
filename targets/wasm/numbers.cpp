#include "paritas/verify/numbers.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

val numbers_of(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  return array_of(extract_numbers(words), [&](const Number& number) {
    val out = val::object();
    out.set("kind", std::string(number.kind));
    out.set("value", number.value);
    out.set("unit", number.unit);
    out.set("dimension", number.dimension);
    out.set("per", number.per);
    out.set("op", std::string(number.op));
    out.set("soft", number.soft);
    out.set("nouns", list(number.nouns));
    out.set("year", static_cast<int>(number.year));
    out.set("month", static_cast<int>(number.month));
    out.set("day", static_cast<int>(number.day));
    out.set("ambiguous", number.ambiguous);
    out.set("span", span_value(number.span, offsets));
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_numbers) { emscripten::function("extractNumbers", &numbers_of); }

}  // namespace paritas::wasm
