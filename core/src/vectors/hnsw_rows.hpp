#pragma once
#include <cstddef>
#include <cstdint>

#include "paritas/vectors/metric.hpp"
#include "vectors/column.hpp"
#include "vectors/hnsw_graph.hpp"

namespace paritas {

/// Rows of finite float32 for a graph; the caller of the graph holds a FloatState.
class FloatRows final : public GraphRows {
 public:
  FloatRows(Metric metric, std::size_t dim) : metric_(metric), dim_(dim) {}
  /// Read in place; squares: S_vv of each row.
  FloatRows(Metric metric, std::size_t dim, Column<float> values, Column<float> squares)
      : metric_(metric), dim_(dim), values_(std::move(values)), squares_(std::move(squares)) {}
  /// The walk looks at signs where angles decide and reading a row costs more than counting its signs.
  static std::uint32_t sign_words(Metric metric, std::size_t dim) {
    return metric == Metric::cosine && dim >= 96 ? static_cast<std::uint32_t>((dim + 63) / 64) : 0;
  }
  void reserve(std::size_t rows) {
    values_.reserve(rows * dim_);
    squares_.reserve(rows);
  }
  void push_back(const float* vector);
  void query(const float* vector, GraphProbe& out) const;
  /// Keeps the rows whose bit is set, in order.
  void keep(const std::vector<std::uint64_t>& bits, std::size_t count);
  /// Whether all values are finite and all squares theirs.
  [[nodiscard]] bool sound() const;
  [[nodiscard]] std::size_t size() const { return squares_.size(); }
  [[nodiscard]] const Column<float>& values() const { return values_; }
  [[nodiscard]] const Column<float>& squares() const { return squares_; }
  [[nodiscard]] const float* row(std::uint32_t slot) const { return values_.data() + std::size_t{slot} * dim_; }

  void probe(std::uint32_t slot, GraphProbe& out) const override;
  void distances(const GraphProbe& probe, const std::uint32_t* slots, std::size_t count, float* out) const override;
  void prefetch(std::uint32_t slot) const override;
  void signs(std::uint32_t slot, std::uint64_t* out) const override;

 private:
  Metric metric_;
  std::size_t dim_;
  Column<float> values_;
  Column<float> squares_;
};

}  // namespace paritas
