#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/vectors/matrix.hpp"
#include "paritas/vectors/topk.hpp"

namespace paritas {

/// A flat, exact index of vectors, normalised once when they come in. A score is the dot product of unit vectors, so
/// its last bits may differ from cosine_similarity.
/// Memory:  owns dim * 4 bytes for each row; no view of an input outlives a call.
/// Threads: many readers or one writer; a query sees one state.
class EmbeddingIndex {
 public:
  EmbeddingIndex();
  EmbeddingIndex(EmbeddingIndex&&) noexcept;
  EmbeddingIndex& operator=(EmbeddingIndex&&) noexcept;
  ~EmbeddingIndex();

  /// Adds rows; the first ones decide the dimension. labels: how many the caller has for them.
  /// Errors: `length_mismatch` for another number of labels than rows, "Vector dimension 3 != index dimension 4".
  Result<bool> add(const Matrix& vectors, std::size_t labels);
  /// The best rows with a score of at least the threshold: score descending, then order of adding; none when empty.
  /// Errors: `length_mismatch` for a query of another dimension, otherwise as top_k.
  Result<std::vector<Neighbour>> query(std::span<const float> query, std::int64_t k = 10, double threshold = 0.0) const;
  /// The score of every row in order of adding. Errors: `length_mismatch`.
  Result<std::vector<float>> similarities(std::span<const float> query) const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t dim() const;  // 0 before the first add

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
