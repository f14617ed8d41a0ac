#include "paritas/vectors/normalize.hpp"

#include "floats.hpp"

namespace paritas::wasm {

WASM(double, norm)(std::uintptr_t at, std::size_t count) {
  return static_cast<double>(paritas::norm(floats(at, count)));
}

/// Scales the rows where they lie on the heap; their old norms.
WASM(Reply, normalizeRows)(std::uintptr_t at, std::size_t rows, std::size_t dim) {
  const Floats norms(rows);
  return norms.out(normalize_batch(matrix(at, rows, dim), {reinterpret_cast<float*>(at), rows * dim}, norms));
}

}  // namespace paritas::wasm
