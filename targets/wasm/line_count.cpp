#include "paritas/chunk/line_count.hpp"

#include "convert.hpp"

namespace paritas::wasm {

WASM(std::uint32_t, countLines)(std::uintptr_t at, std::size_t bytes) {
  return static_cast<std::uint32_t>(count_lines(text(at, bytes)));
}

}  // namespace paritas::wasm
