#include "paritas/vectors/distance.hpp"

#include "floats.hpp"

namespace paritas::wasm {

WASM(double, squaredEuclidean)(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(squared_euclidean(floats(a, count), floats(b, count)).value());
}
WASM(double, euclideanDistance)(std::uintptr_t a, std::uintptr_t b, std::size_t count) {
  return static_cast<double>(euclidean_distance(floats(a, count), floats(b, count)).value());
}

}  // namespace paritas::wasm
