#include "paritas/base/random.hpp"

#include "convert.hpp"

namespace paritas::wasm {

// For the tests; the package does not show it. Numbers of 64 bits are BigInts there.
WASM(Random*, randomCreate)(std::uint64_t seed) { return new Random(seed); }
WASM(void, randomDelete)(Random* self) { delete self; }
WASM(std::uint64_t, randomNext)(Random& self) { return self.next(); }
WASM(double, randomBelow)(Random& self, double count) {
  return static_cast<double>(self.below(static_cast<std::uint64_t>(count)));
}
WASM(double, randomUnit)(Random& self) { return self.unit(); }

}  // namespace paritas::wasm
