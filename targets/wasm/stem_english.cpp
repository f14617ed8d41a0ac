#include "paritas/text/stem_english.hpp"

#include "convert.hpp"

namespace paritas::wasm {

WASM(Reply, stemEnglish)(std::uintptr_t at, std::size_t bytes) {
  Packer out;
  out.text(stem_english(text(at, bytes)));
  return out.out();
}

}  // namespace paritas::wasm
