#include "filter.hpp"

namespace paritas::wasm {

WASM(double, filterDepth)() { return static_cast<double>(kFilterDepth); }

/// One block: metadata, filter.
WASM(Reply, matchesFilter)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const auto metadata = in.optional();
  const auto filter = filter_of(in.optional());
  if (!filter.ok()) return failure(filter.error());
  return number(filter.value().matches(metadata));
}

}  // namespace paritas::wasm
