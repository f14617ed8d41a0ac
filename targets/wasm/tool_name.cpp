#include "paritas/match/tool_name.hpp"

#include "convert.hpp"

namespace paritas::wasm {

WASM(Reply, toolNameFault)(std::uintptr_t at, std::size_t bytes) {
  Packer out;
  out.text(tool_name_fault(text(at, bytes)));
  return out.out();
}

}  // namespace paritas::wasm
