#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "convert.hpp"

namespace paritas::python {

/// A signature: the memory of a uint32 array as it lies, or a copy of any other sequence of whole numbers below 2^32.
class Places {
 public:
  Places() = default;
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;
  ~Places() {
    if (buffer_.obj != nullptr) PyBuffer_Release(&buffer_);
  }
  void read(py::handle items) {
    constexpr const char* kNeeded = "a uint32 array or a sequence of whole numbers";
    if (PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr()) || !py::hasattr(items, "__iter__")) {
      raise_type(kNeeded, items);
    }
    if (PyObject_GetBuffer(items.ptr(), &buffer_, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) == 0) {
      if (buffer_.ndim == 1 && std::string_view(buffer_.format) == "I") {
        view_ = {static_cast<const std::uint32_t*>(buffer_.buf), static_cast<std::size_t>(buffer_.len) / 4};
        return;
      }
      PyBuffer_Release(&buffer_);
    }
    PyErr_Clear();
    for (const py::handle item : items) {
      Whole number;
      number.read(item);
      if (number < 0 || number > 0xFFFFFFFFLL) {
        raise({ErrorCode::out_of_range, "a place of a signature must fit into 32 bits without a sign", owned_.size()});
      }
      owned_.push_back(static_cast<std::uint32_t>(number));
    }
    view_ = owned_;
  }
  operator std::span<const std::uint32_t>() const { return view_; }

 private:
  Py_buffer buffer_{};
  std::vector<std::uint32_t> owned_;
  std::span<const std::uint32_t> view_;
};

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Places> : paritas_caster<paritas::python::Places> {
  static constexpr auto name = const_name("collections.abc.Sequence[int] | numpy.typing.NDArray[numpy.uint32]");
};

}  // namespace pybind11::detail
