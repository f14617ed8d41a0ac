#include "paritas/vectors/embedding_index.hpp"

#include <mutex>
#include <shared_mutex>
#include <string>

#include "paritas/vectors/normalize.hpp"

namespace paritas {

struct EmbeddingIndex::Impl {
  mutable std::shared_mutex mutex;
  std::vector<float> values;
  std::size_t rows = 0;
  std::size_t dim = 0;

  [[nodiscard]] Matrix matrix() const { return {values.data(), rows, dim}; }
  [[nodiscard]] Result<bool> fits(std::size_t length) const {
    if (rows == 0 || length == dim) return true;
    return Error{ErrorCode::length_mismatch,
                 "Vector dimension " + std::to_string(length) + " != index dimension " + std::to_string(dim)};
  }
};

EmbeddingIndex::EmbeddingIndex() : impl_(std::make_unique<Impl>()) {}
EmbeddingIndex::EmbeddingIndex(EmbeddingIndex&&) noexcept = default;
EmbeddingIndex& EmbeddingIndex::operator=(EmbeddingIndex&&) noexcept = default;
EmbeddingIndex::~EmbeddingIndex() = default;

Result<bool> EmbeddingIndex::add(const Matrix& vectors, std::size_t labels) {
  if (labels != vectors.rows) {
    return Error{ErrorCode::length_mismatch,
                 std::to_string(vectors.rows) + " vectors need as many labels, not " + std::to_string(labels)};
  }
  const std::unique_lock lock(impl_->mutex);
  if (vectors.rows == 0) return true;
  auto fits = impl_->fits(vectors.dim);
  if (!fits.ok()) return fits;
  const std::size_t before = impl_->values.size();
  impl_->values.resize(before + vectors.rows * vectors.dim);
  (void)normalize_batch(vectors, std::span(impl_->values).subspan(before), {});
  impl_->rows += vectors.rows;
  impl_->dim = vectors.dim;
  return true;
}

Result<std::vector<Neighbour>> EmbeddingIndex::query(std::span<const float> query, std::int64_t k,
                                                     double threshold) const {
  const std::shared_lock lock(impl_->mutex);
  const auto fits = impl_->fits(query.size());
  if (!fits.ok()) return fits.error();
  const TopKOptions options{.k = k, .metric = Metric::cosine, .threshold = threshold, .threads = 0, .normalized = true};
  auto found = top_k({query.data(), 1, query.size()}, impl_->matrix(), options);
  if (!found.ok()) return found.error();
  return std::move(std::move(found).value()[0]);
}

Result<std::vector<float>> EmbeddingIndex::similarities(std::span<const float> query) const {
  const std::shared_lock lock(impl_->mutex);
  const auto fits = impl_->fits(query.size());
  if (!fits.ok()) return fits.error();
  std::vector<float> out(impl_->rows);
  const auto done = batch_cosine_similarity_normalized(query, impl_->matrix(), 0, out);
  if (!done.ok()) return done.error();
  return out;
}

std::size_t EmbeddingIndex::size() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->rows;
}

std::size_t EmbeddingIndex::dim() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->dim;
}

}  // namespace paritas
