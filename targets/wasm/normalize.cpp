#include "paritas/vectors/normalize.hpp"

#include <emscripten/bind.h>

#include "floats.hpp"

namespace paritas::wasm {
namespace {

double norm(std::uintptr_t at, std::size_t count) { return static_cast<double>(paritas::norm(floats(at, count))); }

/// Scales the rows where they lie on the heap; their old norms.
val normalize_rows(std::uintptr_t at, std::size_t rows, std::size_t dim) {
  std::vector<float> norms(rows);
  const auto done = normalize_batch(matrix(at, rows, dim), {reinterpret_cast<float*>(at), rows * dim}, norms);
  return outcome(filled(done, norms), typed);
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_normalize) {
  emscripten::function("norm", &norm);
  emscripten::function("normalizeRows", &normalize_rows);
}

}  // namespace paritas::wasm
