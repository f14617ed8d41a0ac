#include "paritas/base/maths.hpp"

#include "convert.hpp"

namespace paritas::wasm {

// For the tests; the package shows none of them.
WASM(double, log)(double x) { return paritas::log(x); }
WASM(double, log2)(double x) { return paritas::log2(x); }
WASM(double, exp)(double x) { return paritas::exp(x); }

}  // namespace paritas::wasm
