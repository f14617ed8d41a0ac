#pragma once
#include "convert.hpp"
#include "paritas/retrieve/bm25.hpp"

namespace paritas::python {

inline DocId id_from(py::handle id) {
  if (PyUnicode_Check(id.ptr())) {
    Text text;
    text.read(id);
    return std::string(text.view());
  }
  if (PyBool_Check(id.ptr()) || !PyIndex_Check(id.ptr())) raise_type("a str or an int as id", id);
  Whole number;
  number.read(id);
  return static_cast<std::int64_t>(number);
}

inline py::object id_to(const DocId& id) {
  if (const auto* number = std::get_if<std::int64_t>(&id)) return py::int_(*number);
  const std::string& text = *std::get_if<std::string>(&id);  // of a damaged file, it may be ill-formed
  return py::reinterpret_steal<py::object>(
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
}

}  // namespace paritas::python
