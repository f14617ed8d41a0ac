#include "paritas/text/fold.hpp"

#include "convert.hpp"

namespace paritas::wasm {

// For the tests; the package does not show it.
WASM(Reply, fold)(std::uintptr_t at, std::size_t bytes, bool keep_accents) {
  std::string folded;
  fold(text(at, bytes), folded, keep_accents ? Accents::keep : Accents::drop);
  Packer out;
  out.text(folded);
  return out.out();
}

}  // namespace paritas::wasm
