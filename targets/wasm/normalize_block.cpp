#include "paritas/repair/normalize_block.hpp"

#include "convert.hpp"

namespace paritas::wasm {

WASM(Reply, dedupNormalizeBlock)(std::uintptr_t at, std::size_t bytes) {
  Packer out;
  out.text(normalize_block(text(at, bytes)));
  return out.out();
}

}  // namespace paritas::wasm
