#pragma once
#include <pybind11/numpy.h>

#include <cstdint>
#include <span>
#include <vector>

#include "convert.hpp"

namespace paritas::python {

/// A count: an int, or a float that is a whole number.
class Integral {
 public:
  void read(py::handle number, std::size_t offset = 0);
  operator std::int64_t() const { return value_; }

 private:
  void read_float(double number, std::size_t offset);

  std::int64_t value_ = 0;
};

/// Many counts: the memory of an int64 array of any shape as it lies, or a copy of any other array or sequence.
class Integrals {
 public:
  Integrals() = default;
  Integrals(const Integrals&) = delete;
  Integrals& operator=(const Integrals&) = delete;
  ~Integrals();
  void read(py::handle items);
  operator std::span<const std::int64_t>() const { return view_; }
  [[nodiscard]] std::size_t size() const { return view_.size(); }

  /// An array of float64 of the same shape, to be filled.
  [[nodiscard]] py::array_t<double> like() const;

 private:
  bool lend(py::handle items);
  void copy(py::handle items);

  py::object converted_;
  Py_buffer buffer_{};
  std::vector<std::int64_t> owned_;
  std::span<const std::int64_t> view_;
  std::vector<py::ssize_t> shape_;
};

/// A number: a float, an int, or what says that it is one by __float__ or __index__.
class Real {
 public:
  void read(py::handle number);
  operator double() const { return value_; }

 private:
  double value_ = 0.0;
};

/// True or False.
class Flag {
 public:
  void read(py::handle flag);
  operator bool() const { return value_; }

 private:
  bool value_ = false;
};

inline std::span<double> span_of(py::array_t<double>& array) {
  return {array.mutable_data(), static_cast<std::size_t>(array.size())};
}

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Integral> : paritas_caster<paritas::python::Integral> {
  static constexpr auto name = const_name("int");
};
template <>
struct type_caster<paritas::python::Integrals> : paritas_caster<paritas::python::Integrals> {
  static constexpr auto name = const_name("collections.abc.Sequence[int] | numpy.typing.NDArray[numpy.int64]");
};
template <>
struct type_caster<paritas::python::Real> : paritas_caster<paritas::python::Real> {
  static constexpr auto name = const_name("float");
};
template <>
struct type_caster<paritas::python::Flag> : paritas_caster<paritas::python::Flag> {
  static constexpr auto name = const_name("bool");
};

}  // namespace pybind11::detail
