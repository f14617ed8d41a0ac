#include "canonical.hpp"

namespace paritas::python {
namespace {

py::object borrow(PyObject* object) { return py::reinterpret_borrow<py::object>(object); }
py::object steal(PyObject* object) {
  if (object == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(object);
}

}  // namespace

/// False where the value is no scalar.
bool Canonical::scalar(PyObject* value) {
  if (PyUnicode_Check(value)) {
    Text text;
    text.read(value);
    writer_.text(text);
  } else if (value == Py_None) {
    writer_.null();
  } else if (PyBool_Check(value)) {
    writer_.boolean(value == Py_True);
  } else if (PyFloat_Check(value)) {
    writer_.number(PyFloat_AS_DOUBLE(value));
  } else if (PyLong_Check(value) || (!PyDict_Check(value) && PyIndex_Check(value))) {
    const py::object index = PyLong_Check(value) ? borrow(value) : steal(PyNumber_Index(value));
    int overflow = 0;
    const long long small = PyLong_AsLongLongAndOverflow(index.ptr(), &overflow);
    if (overflow == 0) {
      writer_.whole(static_cast<std::int64_t>(small));
    } else {
      const py::object digits = steal(PyNumber_ToBase(index.ptr(), 16));  // "-0x1f"; not bound to Python's own limit
      Text text;
      text.read(digits);
      writer_.whole(overflow < 0, text.view().substr(overflow < 0 ? 3 : 2));
    }
  } else {
    return false;
  }
  return true;
}

void Canonical::start(PyObject* value, bool mapped) {
  if (scalar(value)) return;
  const bool dict = PyDict_Check(value);
  if (!writer_.at_key() && (dict || PyList_Check(value) || PyTuple_Check(value) || PyAnySet_Check(value))) {
    py::object iterator;
    if (dict) {
      writer_.begin_object();
    } else if (PyAnySet_Check(value)) {
      writer_.begin_set();
      iterator = steal(PyObject_GetIter(value));
    } else {
      writer_.begin_array();
    }
    open_.push_back({borrow(value), std::move(iterator), 0});
  } else if (default_.is_none() || mapped || writer_.at_key()) {
    writer_.unsupported(py::type::handle_of(value).attr("__name__").cast<std::string>());
  } else {
    start(default_(py::handle(value)).ptr(), true);
  }
}

/// Tells the next part of the innermost container; false where it has no more.
bool Canonical::next() {
  Open& top = open_.back();
  PyObject* container = top.container.ptr();
  // Sizes are asked each time: `default` and __index__ of the caller's may change a container meanwhile.
  if (PyList_Check(container) || PyTuple_Check(container)) {
    if (top.at >= Py_SIZE(container)) return false;
    PyObject* item = PyList_Check(container) ? PyList_GET_ITEM(container, top.at) : PyTuple_GET_ITEM(container, top.at);
    ++top.at;
    const py::object kept = borrow(item);
    start(kept.ptr());
    return true;
  }
  if (top.iterator) {
    const auto item = py::reinterpret_steal<py::object>(PyIter_Next(top.iterator.ptr()));
    if (!item) {
      if (PyErr_Occurred() != nullptr) throw py::error_already_set();
      return false;
    }
    start(item.ptr());
    return true;
  }
  PyObject* key = nullptr;
  PyObject* value = nullptr;
  if (PyDict_Next(container, &top.at, &key, &value) == 0) return false;
  const py::object kept_key = borrow(key);
  const py::object kept_value = borrow(value);
  start(kept_key.ptr());
  start(kept_value.ptr());
  return true;
}

void Canonical::run() {
  while (!open_.empty() && !writer_.failed()) {
    if (next()) continue;
    writer_.end();
    open_.pop_back();
  }
}

std::string_view Canonical::done(std::size_t offset) {
  open_.clear();
  if (writer_.failed()) {
    Error error = writer_.error();
    error.offset = offset;
    raise(error);
  }
  return writer_.written();
}

std::string_view Canonical::of(py::handle value, std::size_t offset) {
  writer_.clear();
  start(value.ptr());
  run();
  return done(offset);
}

std::string_view Canonical::of_call(std::string_view name, py::handle arguments, std::size_t offset) {
  writer_.clear();
  writer_.begin_array();
  writer_.text(name);
  start(arguments.ptr());
  run();
  if (!writer_.failed()) writer_.end();
  return done(offset);
}

}  // namespace paritas::python
