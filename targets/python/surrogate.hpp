#pragma once
#include "convert.hpp"

namespace paritas::python {

/// Whether a str has a lone surrogate: its Text says something else then.
inline bool has_surrogate(py::handle text) {
  const int kind = static_cast<int>(PyUnicode_KIND(text.ptr()));
  if (kind == PyUnicode_1BYTE_KIND) return false;
  const void* data = PyUnicode_DATA(text.ptr());
  for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(text.ptr()); ++i) {
    const Py_UCS4 ch = PyUnicode_READ(kind, data, i);
    if (ch >= 0xD800 && ch <= 0xDFFF) return true;
  }
  return false;
}

}  // namespace paritas::python
