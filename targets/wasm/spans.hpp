#pragma once
#include "convert.hpp"
#include "paritas/base/span.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::wasm {

/// A span as JavaScript counts it: two u32.
inline void pack(Packer& out, Span span, const OffsetMap& offsets) {
  const Span units = offsets.utf16_units(span);
  out.u32(units.start);
  out.u32(units.end);
}

/// How many there are, and what `put` writes of each.
template <class Items, class Put>
void pack(Packer& out, const Items& items, Put put) {
  out.u32(items.size());
  for (const auto& item : items) put(item);
}

}  // namespace paritas::wasm
