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
  void reserve(std::size_t rows) {
    values_.reserve(rows * dim_);
    squares_.reserve(rows);
  }
  void push_back(const float* vector);
  void query(const float* vector, GraphProbe& out) const;
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
