#pragma once
#include "floats.hpp"
#include "paritas/vectors/quantize.hpp"

namespace paritas::python {

/// Where vectors are searched: QuantizedVectors as they are, or a matrix.
class Corpus {
 public:
  Corpus() = default;
  void read(py::handle items);
  [[nodiscard]] const QuantizedVectors* quantized() const { return quantized_; }  // none for a matrix
  [[nodiscard]] Matrix matrix() const { return matrix_; }
  [[nodiscard]] std::size_t rows() const { return quantized_ != nullptr ? quantized_->count() : matrix().rows; }

 private:
  FloatMatrix matrix_;
  py::object keep_;
  const QuantizedVectors* quantized_ = nullptr;
};

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Corpus> : paritas_caster<paritas::python::Corpus> {
  static constexpr auto name = const_name("typing.Any");
};

}  // namespace pybind11::detail
