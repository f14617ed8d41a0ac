#include "paritas/base/random.hpp"

#include <emscripten/bind.h>

#include "hex.hpp"

namespace paritas::wasm {

// For the tests; the package does not show it. Numbers of 64 bits cross as 16 hexadecimal digits.
EMSCRIPTEN_BINDINGS(paritas_random) {
  emscripten::class_<Random>("Random")
      .class_function(
          "create", +[](const std::string& seed) { return Random(from_hex(seed)); })
      .function(
          "next", +[](Random& self) { return to_hex(self.next()); })
      .function(
          "below", +[](Random& self,
                       double count) { return static_cast<double>(self.below(static_cast<std::uint64_t>(count))); })
      .function(
          "unit", +[](Random& self) { return self.unit(); });  // embind does not see through noexcept
}

}  // namespace paritas::wasm
