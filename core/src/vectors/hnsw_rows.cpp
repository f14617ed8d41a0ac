#include "hnsw_rows.hpp"

#include <algorithm>
#include <cmath>

#include "kernels.hpp"
#include "scores.hpp"

namespace paritas {

void FloatRows::push_back(const float* vector) {
  const std::size_t at = values_.size();
  values_.resize(at + dim_);
  std::copy_n(vector, dim_, values_.own() + at);
  squares_.push_back(square_of(vector, dim_));
}

void FloatRows::keep(const std::vector<std::uint64_t>& bits, std::size_t count) {
  FloatRows kept(metric_, dim_);
  kept.reserve(count);
  for (std::uint32_t slot = 0; slot < size(); ++slot) {
    if ((bits[slot / 64] >> (slot % 64) & 1) != 0) kept.push_back(row(slot));
  }
  *this = std::move(kept);
}

bool FloatRows::sound() const {
  for (std::uint32_t slot = 0; slot < size(); ++slot) {
    const float* values = row(slot);
    for (std::size_t i = 0; i < dim_; ++i) {
      if (!std::isfinite(values[i])) return false;
    }
    const auto square = __builtin_bit_cast(std::uint32_t, square_of(values, dim_));
    if (square != __builtin_bit_cast(std::uint32_t, squares_[slot])) return false;
  }
  return true;
}

void FloatRows::query(const float* vector, GraphProbe& out) const {
  out.values = vector;
  out.square = square_of(vector, dim_);
}

void FloatRows::probe(std::uint32_t slot, GraphProbe& out) const {
  out.values = row(slot);
  out.square = squares_[slot];
}

void FloatRows::distances(const GraphProbe& probe, const std::uint32_t* slots, std::size_t count, float* out) const {
  const float* rows[kBlock];
  float squares[kBlock];
  const auto* vector = static_cast<const float*>(probe.values);
  const Score score = metric_ == Metric::cosine      ? Score::gap
                      : metric_ == Metric::dot       ? Score::dot
                      : metric_ == Metric::euclidean ? Score::euclidean
                                                     : Score::squared_euclidean;
  for (std::size_t i = 0; i < count; i += kBlock) {
    const std::size_t height = std::min(kBlock, count - i);
    for (std::size_t j = 0; j < height; ++j) {
      rows[j] = row(slots[i + j]);
      squares[j] = squares_[slots[i + j]];
    }
    score_tile(score, &vector, &probe.square, 1, rows, squares, height, dim_, out + i, height);
    if (score == Score::dot) {
      for (std::size_t j = 0; j < height; ++j) out[i + j] = 0.0F - out[i + j];
    }
  }
}

void FloatRows::prefetch(std::uint32_t slot) const {
  const float* at = row(slot);
  for (std::size_t i = 0; i < dim_; i += 16) __builtin_prefetch(at + i);
}

void FloatRows::signs(std::uint32_t slot, std::uint64_t* out) const {
  const float* at = row(slot);
  std::fill_n(out, (dim_ + 63) / 64, 0);
  for (std::size_t i = 0; i < dim_; ++i) out[i / 64] |= std::uint64_t{at[i] > 0.0F} << (i % 64);
}

}  // namespace paritas
