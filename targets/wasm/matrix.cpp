#include "paritas/vectors/matrix.hpp"

#include "floats.hpp"

namespace paritas::wasm {

WASM(Reply, similarityMatrix)
(std::uintptr_t queries, std::size_t height, std::size_t query_dim, std::uintptr_t corpus, std::size_t width,
 std::size_t dim, bool normalize) {
  const Floats out(height * width);
  return out.out(similarity_matrix(matrix(queries, height, query_dim), matrix(corpus, width, dim), normalize, 1, out));
}

WASM(Reply, normalizedRow)
(std::uintptr_t query, std::size_t query_dim, std::uintptr_t corpus, std::size_t rows, std::size_t dim) {
  const Floats out(rows);
  return out.out(batch_cosine_similarity_normalized(floats(query, query_dim), matrix(corpus, rows, dim), 1, out));
}

WASM(Reply, pairwiseDistances)
(std::uintptr_t at, std::size_t rows, std::size_t dim, std::uintptr_t metric, std::size_t bytes) {
  const auto kind = parse_metric(text(metric, bytes));
  if (!kind.ok()) return failure(kind.error());
  const Floats out(rows * rows);
  return out.out(pairwise_distances(matrix(at, rows, dim), kind.value(), 1, out));
}

}  // namespace paritas::wasm
