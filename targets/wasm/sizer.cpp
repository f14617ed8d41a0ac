#include "paritas/chunk/sizer.hpp"

#include "convert.hpp"

namespace paritas::wasm {

WASM(double, chunkCountTokens)(std::uintptr_t at, std::size_t bytes) {
  return static_cast<double>(count_tokens(text(at, bytes)));
}

}  // namespace paritas::wasm
