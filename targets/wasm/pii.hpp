#pragma once
#include "packed.hpp"
#include "paritas/match/pii.hpp"

namespace paritas::wasm {

/// u8 whether kinds are said, and them as a list.
inline Result<PiiKinds> kinds_of(Unpacker& in) {
  if (in.number<std::uint8_t>() == 0) return PiiKinds();
  std::vector<std::string_view> names(in.number<std::uint32_t>());
  for (std::string_view& name : names) name = in.text();
  return PiiKinds::of(names);
}

}  // namespace paritas::wasm
