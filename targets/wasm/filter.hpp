#pragma once
#include "packed.hpp"
#include "paritas/retrieve/filter.hpp"

namespace paritas::wasm {

/// A filter that web/src/filter.ts has packed: nothing, or the bytes of FilterBytes.
inline Result<Filter> filter_of(std::optional<std::string_view> bytes) {
  if (!bytes) return Filter();
  return Filter::parse(*bytes);
}

}  // namespace paritas::wasm
