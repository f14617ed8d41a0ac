#include "json_text.hpp"

#include "paritas/text/utf8.hpp"

namespace paritas::python {
namespace {

bool is_surrogate(Py_UCS4 ch) { return ch >= 0xD800 && ch <= 0xDFFF; }

template <class Unit>
std::string with_marks(const Unit* units, Py_ssize_t count) {
  Py_ssize_t first = 0;
  while (first < count && !is_surrogate(units[first])) ++first;
  std::string out;
  if (first == count) return out;
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (is_surrogate(units[i])) {
      out += '\xFF';
    } else {
      append_utf8(out, units[i]);
    }
  }
  return out;
}

}  // namespace

void JsonText::read(py::handle text) {
  utf8_.read(text);
  object_ = text;
  const void* data = PyUnicode_DATA(text.ptr());
  const Py_ssize_t count = PyUnicode_GET_LENGTH(text.ptr());
  if (PyUnicode_KIND(text.ptr()) == PyUnicode_2BYTE_KIND) own_ = with_marks(static_cast<const Py_UCS2*>(data), count);
  if (PyUnicode_KIND(text.ptr()) == PyUnicode_4BYTE_KIND) own_ = with_marks(static_cast<const Py_UCS4*>(data), count);
}

}  // namespace paritas::python
