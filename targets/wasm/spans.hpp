#pragma once
#include <emscripten/val.h>

#include "paritas/base/span.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::wasm {

/// A span as JavaScript counts it.
inline emscripten::val span_value(Span span, const OffsetMap& offsets) {
  emscripten::val out = emscripten::val::object();
  out.set("start", static_cast<double>(offsets.utf16(span.start)));
  out.set("end", static_cast<double>(offsets.utf16(span.end)));
  return out;
}

/// A JavaScript array of whatever `make` makes of each item.
template <class Items, class Make>
emscripten::val array_of(const Items& items, Make make) {
  emscripten::val out = emscripten::val::array();
  for (const auto& item : items) out.call<void>("push", make(item));
  return out;
}

}  // namespace paritas::wasm
