#pragma once
#include <string>
#include <string_view>

#include "convert.hpp"

namespace paritas::python {

/// A str that JSON is read from: its UTF-8, in which each lone surrogate is one ill-formed byte, for U+FFFD is valid where a
/// surrogate is not.
class JsonText {
 public:
  JsonText() = default;
  JsonText(const JsonText&) = delete;
  JsonText& operator=(const JsonText&) = delete;
  void read(py::handle text);
  operator std::string_view() const { return own_.empty() ? utf8_.view() : own_; }
  [[nodiscard]] std::string_view view() const { return *this; }
  /// The str itself, where the answer is the same text.
  [[nodiscard]] py::object object() const { return py::reinterpret_borrow<py::object>(object_); }

 private:
  py::handle object_;
  Text utf8_;
  std::string own_;
};

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::JsonText> : paritas_caster<paritas::python::JsonText> {
  static constexpr auto name = const_name("str");
};

}  // namespace pybind11::detail
