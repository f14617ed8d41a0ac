#include "packed.hpp"

namespace paritas::wasm {

std::vector<std::string_view> texts(std::uintptr_t at, std::size_t bytes) {
  std::vector<std::string_view> out;
  for (Unpacker in(at, bytes); !in.done();) out.push_back(in.text());
  return out;
}

}  // namespace paritas::wasm
