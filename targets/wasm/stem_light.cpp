#include "paritas/text/stem_light.hpp"

#include "convert.hpp"

namespace paritas::wasm {

WASM(Reply, stem)(std::uintptr_t at, std::size_t bytes) {
  Packer out;
  out.text(stem(text(at, bytes)));
  return out.out();
}

}  // namespace paritas::wasm
