#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "paritas/base/result.hpp"
#include "paritas/vectors/metric.hpp"

namespace paritas {

/// Rows of float32 vectors, one after the other, read in place.
struct Matrix {
  const float* data = nullptr;
  std::size_t rows = 0;
  std::size_t dim = 0;

  [[nodiscard]] const float* row(std::size_t i) const { return data + i * dim; }
};

/// Ok, or the `length_mismatch` of two matrices whose rows belong together; a matrix without rows fits every other.
Result<bool> same_dimension(const Matrix& a, const Matrix& b);

/// Every query against every row of the corpus: the bits of cosine_similarity, or of dot_product.
///
/// normalize: true gives cosines, false dot products.
/// threads:   0 means all cores; never changes a result.
/// out:       queries.rows * corpus.rows scores, row by row.
/// Errors:    `length_mismatch` for rows of two lengths, `invalid_argument` for threads below 0.
Result<bool> similarity_matrix(const Matrix& queries, const Matrix& corpus, bool normalize, std::int64_t threads,
                               std::span<float> out);

/// The dot product of the normalised query with every row of a corpus that is trusted to be normalised.
/// out: corpus.rows scores. Errors: as similarity_matrix.
Result<bool> batch_cosine_similarity_normalized(std::span<const float> query, const Matrix& corpus,
                                                std::int64_t threads, std::span<float> out);

/// Every row against every other: symmetric, with a diagonal of exactly 0.
///
/// metric: cosine is 1 - cosine, dot is -dot (its diagonal is 0 by definition).
/// out:    rows * rows distances. Errors: `invalid_argument` for threads below 0.
Result<bool> pairwise_distances(const Matrix& vectors, Metric metric, std::int64_t threads, std::span<float> out);

}  // namespace paritas
