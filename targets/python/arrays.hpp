#pragma once
#include <pybind11/numpy.h>

#include <cstddef>
#include <initializer_list>
#include <span>

#include "convert.hpp"

namespace paritas::python {

/// A new array for the core to write to. NumPy is imported here and not before; without it: `unsupported`.
template <class T>
class NewArray {
 public:
  explicit NewArray(std::initializer_list<std::size_t> shape) : array_(make(shape)) {
    view_ = {array_.mutable_data(), static_cast<std::size_t>(array_.size())};
  }
  [[nodiscard]] std::span<T> view() const { return view_; }
  [[nodiscard]] py::array_t<T> array() && { return std::move(array_); }

 private:
  static py::array_t<T> make(std::initializer_list<std::size_t> shape) {
    try {
      py::module_::import("numpy");
    } catch (py::error_already_set& error) {
      if (!error.matches(PyExc_ImportError)) throw;
      raise({ErrorCode::unsupported, "this function returns NumPy arrays: pip install numpy"});
    }
    std::vector<py::ssize_t> sides;
    for (const std::size_t side : shape) sides.push_back(static_cast<py::ssize_t>(side));
    return py::array_t<T>(sides);
  }

  py::array_t<T> array_;
  std::span<T> view_;
};

}  // namespace paritas::python
