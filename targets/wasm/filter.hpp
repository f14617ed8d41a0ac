#pragma once
#include "packed.hpp"
#include "paritas/retrieve/filter.hpp"

namespace paritas::wasm {

/// A filter that web/src/filter.ts has packed: nothing, or the bytes of FilterBytes.
inline Result<Filter> filter_of(std::optional<std::string_view> bytes) {
  if (!bytes) return Filter();
  return Filter::parse(*bytes);
}

/// Which documents a query may return, as web/src/selection.ts has packed it: nothing for all; 1 and the bytes of a
/// filter; 2 and a byte for each document. It refers to the block.
struct GivenSelection {
  Filter filter;
  Selection selection;
};

template <class Call>
Reply with_selection(std::uintptr_t at, std::size_t bytes, const Call& call) {
  GivenSelection given;
  if (bytes != 0) {
    const std::string_view block(reinterpret_cast<const char*>(at), bytes);
    if (block[0] == 1) {
      auto parsed = Filter::parse(block.substr(1));
      if (!parsed.ok()) return failure(parsed.error());
      given.filter = std::move(parsed).value();
      given.selection.filter = &given.filter;
    } else {
      given.selection.allowed.emplace(reinterpret_cast<const std::uint8_t*>(block.data()) + 1, bytes - 1);
    }
  }
  return call(given.selection);
}

}  // namespace paritas::wasm
