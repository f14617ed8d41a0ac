#pragma once
#include <string_view>

#include "convert.hpp"
#include "paritas/ocr/formats.hpp"

namespace paritas::python {

/// True, False or None.
class DayFirst {
 public:
  void read(py::handle value) {
    if (!value.is_none() && !PyBool_Check(value.ptr())) raise_type("True, False or None", value);
    if (!value.is_none()) options_.day_first = value.ptr() == Py_True;
  }
  operator const FormatOptions&() const { return options_; }

 private:
  FormatOptions options_;
};

/// A str of a word that lives for ever, made once.
py::object lasting_word(std::string_view text);

py::object format_record(const FormatResult& result);

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::DayFirst> : paritas_caster<paritas::python::DayFirst> {
  static constexpr auto name = const_name("bool | None");
};

}  // namespace pybind11::detail
