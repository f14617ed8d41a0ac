#include "convert.hpp"

#include <algorithm>

#include "paritas/text/utf8.hpp"

namespace paritas::python {
namespace {

py::object error_type(const char* type_name) { return py::module_::import("paritas.errors").attr(type_name); }

template <class Unit>
std::string transcode(const Unit* data, std::size_t count) {
  constexpr std::size_t kBlock = 64;
  std::string out;
  out.reserve(count * (sizeof(Unit) == 1 ? 2 : sizeof(Unit) + 1));
  std::size_t i = 0;
  while (i < count) {
    const std::size_t end = i + std::min(kBlock, count - i);
    Unit seen = 0;
    for (std::size_t k = i; k < end; ++k) seen = static_cast<Unit>(seen | data[k]);
    if (seen < 0x80) {  // most of any text that has a few other characters
      char block[kBlock];
      for (std::size_t k = i; k < end; ++k) block[k - i] = static_cast<char>(data[k]);
      out.append(block, end - i);
      i = end;
    } else {
      for (; i < end; ++i) append_utf8(out, data[i]);
    }
  }
  return out;
}

/// Writes the UTF-8 of a str that is not ASCII, whatever width its units have.
std::string transcode(PyObject* text) {
  const auto count = static_cast<std::size_t>(PyUnicode_GET_LENGTH(text));
  const void* data = PyUnicode_DATA(text);
  switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
      return transcode(static_cast<const Py_UCS1*>(data), count);
    case PyUnicode_2BYTE_KIND:
      return transcode(static_cast<const Py_UCS2*>(data), count);
    default:
      return transcode(static_cast<const Py_UCS4*>(data), count);
  }
}

std::string_view lend_ascii(PyObject* text) {
  return {static_cast<const char*>(PyUnicode_DATA(text)), static_cast<std::size_t>(PyUnicode_GET_LENGTH(text))};
}

}  // namespace

void raise(const Error& error) {
  const py::object type = error_type("ParitasError");
  const std::string_view code = name(error.code);
  PyErr_SetObject(type.ptr(), type(py::str(code.data(), code.size()), error.message, error.offset).ptr());
  throw py::error_already_set();
}

void raise_type(const char* needed, py::handle got, std::size_t offset) {
  const py::object type = error_type("ParitasTypeError");
  const std::string message =
      std::string(needed) + " is needed, not " + py::type::handle_of(got).attr("__name__").cast<std::string>();
  PyErr_SetObject(type.ptr(), type("invalid_argument", message, offset).ptr());
  throw py::error_already_set();
}

void Text::read(py::handle text) {
  if (!PyUnicode_Check(text.ptr())) raise_type("a str", text);
  if (PyUnicode_IS_ASCII(text.ptr())) {
    view_ = lend_ascii(text.ptr());
    return;
  }
  owned_ = transcode(text.ptr());
  view_ = owned_;
}

void Texts::read(py::handle items) {
  if (PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr())) raise_type("a sequence of str", items);
  // A tuple of our own: the caller may change a list while the core reads without the GIL.
  keep_ = py::reinterpret_steal<py::object>(PySequence_Tuple(items.ptr()));
  if (!keep_) {
    if (PyErr_ExceptionMatches(PyExc_TypeError) == 0) throw py::error_already_set();  // an iterator's own
    PyErr_Clear();
    raise_type("a sequence of str", items);
  }
  const auto count = static_cast<std::size_t>(PyTuple_GET_SIZE(keep_.ptr()));
  owned_.resize(count);
  views_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    PyObject* text = PyTuple_GET_ITEM(keep_.ptr(), static_cast<Py_ssize_t>(i));
    if (!PyUnicode_Check(text)) raise_type("a sequence of str", text);
    if (PyUnicode_IS_ASCII(text)) {
      views_[i] = lend_ascii(text);
    } else {
      owned_[i] = transcode(text);
      views_[i] = owned_[i];
    }
  }
}

void Doubles::read(py::handle items) {
  constexpr const char* kNeeded = "a sequence of numbers";
  if (PyObject_GetBuffer(items.ptr(), &buffer_, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) == 0) {
    if (buffer_.ndim == 1 && std::string_view(buffer_.format) == "d") {
      view_ = {static_cast<const double*>(buffer_.buf), static_cast<std::size_t>(buffer_.len) / sizeof(double)};
      return;
    }
    PyBuffer_Release(&buffer_);
  }
  PyErr_Clear();
  if (PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr())) raise_type(kNeeded, items);
  const auto list = py::reinterpret_steal<py::object>(PySequence_Fast(items.ptr(), ""));
  if (!list) {
    PyErr_Clear();
    raise_type(kNeeded, items);
  }
  // The size is asked each time: a __float__ of the caller's may shorten the list meanwhile.
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list.ptr()); ++i) {
    const auto item = py::reinterpret_borrow<py::object>(PySequence_Fast_GET_ITEM(list.ptr(), i));
    owned_.push_back(PyFloat_AsDouble(item.ptr()));
    if (owned_.back() == -1.0 && PyErr_Occurred() != nullptr) {
      PyErr_Clear();
      raise_type(kNeeded, item);
    }
  }
  view_ = owned_;
}

Buffer::Buffer(py::handle data) {
  if (PyUnicode_Check(data.ptr()) || PyObject_GetBuffer(data.ptr(), &buffer_, PyBUF_SIMPLE) != 0) {
    PyErr_Clear();
    raise_type("bytes", data);
  }
}

Doubles::~Doubles() {
  if (buffer_.obj != nullptr) PyBuffer_Release(&buffer_);
}

void Whole::read(py::handle number) {
  const auto index = py::reinterpret_steal<py::object>(PyNumber_Index(number.ptr()));
  if (!index) {
    PyErr_Clear();
    raise_type("an int", number);
  }
  int overflow = 0;
  value_ = PyLong_AsLongLongAndOverflow(index.ptr(), &overflow);
  if (overflow != 0) raise({ErrorCode::out_of_range, "a whole number must fit into 64 bits"});
}

}  // namespace paritas::python
