#include "paritas/vectors/matrix.hpp"

#include <emscripten/bind.h>

#include "floats.hpp"

namespace paritas::wasm {
namespace {

val similarity_matrix(std::uintptr_t queries, std::size_t height, std::size_t query_dim, std::uintptr_t corpus,
                      std::size_t width, std::size_t dim, bool normalize) {
  std::vector<float> out(height * width);
  const auto done =
      paritas::similarity_matrix(matrix(queries, height, query_dim), matrix(corpus, width, dim), normalize, 1, out);
  return outcome(filled(done, out), typed);
}

val normalized_row(std::uintptr_t query, std::size_t query_dim, std::uintptr_t corpus, std::size_t rows,
                   std::size_t dim) {
  std::vector<float> out(rows);
  const auto done = batch_cosine_similarity_normalized(floats(query, query_dim), matrix(corpus, rows, dim), 1, out);
  return outcome(filled(done, out), typed);
}

val pairwise_distances(std::uintptr_t at, std::size_t rows, std::size_t dim, std::uintptr_t metric, std::size_t bytes) {
  const auto kind = parse_metric(text(metric, bytes));
  if (!kind.ok()) return outcome(Result<bool>(kind.error()), same);
  std::vector<float> out(rows * rows);
  const auto done = paritas::pairwise_distances(matrix(at, rows, dim), kind.value(), 1, out);
  return outcome(filled(done, out), typed);
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_matrix) {
  emscripten::function("similarityMatrix", &similarity_matrix);
  emscripten::function("normalizedRow", &normalized_row);
  emscripten::function("pairwiseDistances", &pairwise_distances);
}

}  // namespace paritas::wasm
