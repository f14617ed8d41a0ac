#pragma once
#include <pybind11/pybind11.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "convert.hpp"

namespace paritas::python {

/// A NamedTuple of paritas.results or of a module beside it, made without a call of Python code.
class Record {
 public:
  explicit Record(const char* name, const char* module = "paritas.results")
      : type_(reinterpret_cast<PyTypeObject*>(py::object(py::module_::import(module).attr(name)).release().ptr())) {}

  /// Takes over the references of its fields, in order.
  template <class... Fields>
  [[nodiscard]] py::object make(Fields... fields) const {
    PyObject* record = type_->tp_alloc(type_, sizeof...(fields));
    if (record == nullptr) throw py::error_already_set();
    Py_ssize_t at = 0;
    (PyTuple_SET_ITEM(record, at++, to_python(std::move(fields))), ...);
    return py::reinterpret_steal<py::object>(record);
  }

 private:
  static PyObject* to_python(py::object value) { return value.release().ptr(); }
  static PyObject* to_python(bool value) { return PyBool_FromLong(value ? 1 : 0); }
  static PyObject* to_python(double value) { return checked(PyFloat_FromDouble(value)); }
  static PyObject* to_python(std::size_t value) { return checked(PyLong_FromSize_t(value)); }
  static PyObject* to_python(int value) { return checked(PyLong_FromLong(value)); }
  static PyObject* to_python(std::string_view value) {
    return checked(PyUnicode_FromStringAndSize(value.data(), static_cast<Py_ssize_t>(value.size())));
  }
  static PyObject* to_python(const std::string& value) { return to_python(std::string_view(value)); }
  static PyObject* checked(PyObject* object) {
    if (object == nullptr) throw py::error_already_set();
    return object;
  }

  PyTypeObject* type_;  // kept for the life of the process
};

/// A span as Python counts it.
inline py::object span_record(Span span, const OffsetMap& offsets) {
  static const Record record("Span");
  return record.make(offsets.codepoint(span.start), offsets.codepoint(span.end));
}

/// A list of whatever `make` makes of each item.
template <class Items, class Make>
py::object list_of(const Items& items, Make make) {
  py::list out(items.size());
  Py_ssize_t at = 0;
  for (const auto& item : items) PyList_SET_ITEM(out.ptr(), at++, py::object(make(item)).release().ptr());
  return out;
}

}  // namespace paritas::python
