#pragma once
#include "paritas/text/offsets.hpp"
#include "paritas/verify/prepared_source.hpp"

namespace paritas::wasm {

/// A prepared source, and how JavaScript counts in it.
struct SourceHandle {
  PreparedSource source;
  OffsetMap offsets{source.text()};
};

}  // namespace paritas::wasm
