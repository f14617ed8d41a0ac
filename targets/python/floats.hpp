#pragma once
#include <vector>

#include "convert.hpp"
#include "paritas/vectors/matrix.hpp"

namespace paritas::python {

/// float32 values of a vector or a matrix: the memory of a contiguous float32 array as it lies, or a copy of any other
/// array, buffer or nested sequence of real numbers.
class Floats {
 public:
  Floats() = default;
  Floats(const Floats&) = delete;
  Floats& operator=(const Floats&) = delete;
  ~Floats();
  void read(py::handle items);
  /// 1 or 2. An empty list is a matrix without rows and a vector without values.
  [[nodiscard]] int rank() const { return rank_; }
  [[nodiscard]] bool is_vector() const { return rank_ == 1; }
  [[nodiscard]] bool is_empty_list() const { return empty_list_; }
  /// A vector counts as one row.
  operator Matrix() const { return {data_, rows_, dim_}; }
  operator std::span<const float>() const { return {data_, dim_}; }
  [[nodiscard]] bool writable_in_place() const;

 protected:
  bool read_buffer(py::handle items);
  void read_sequence(py::handle items);
  void read_rows(py::handle list);
  void fail_rank(const char* needed) const;

  Py_buffer buffer_{};
  std::vector<float> owned_;
  const float* data_ = nullptr;
  std::size_t rows_ = 0, dim_ = 0;
  int rank_ = 1;
  bool empty_list_ = false;
};

/// Only a vector.
class FloatVector : public Floats {
 public:
  void read(py::handle items);
};

/// Only a matrix.
class FloatMatrix : public Floats {
 public:
  void read(py::handle items);
};

/// One whole or real number as float64, so that its rounding to float32 is the rounding of the number itself.
double real_number(PyObject* item);

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Floats> : paritas_caster<paritas::python::Floats> {
  static constexpr auto name = const_name("typing.Any");
};
template <>
struct type_caster<paritas::python::FloatVector> : paritas_caster<paritas::python::FloatVector> {
  static constexpr auto name = const_name("typing.Any");
};
template <>
struct type_caster<paritas::python::FloatMatrix> : paritas_caster<paritas::python::FloatMatrix> {
  static constexpr auto name = const_name("typing.Any");
};

}  // namespace pybind11::detail
