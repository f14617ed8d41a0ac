#include "pairs.hpp"

#include <pybind11/numpy.h>

#include <cstring>
#include <new>

#include "floats.hpp"
#include "paritas/vectors/narrow.hpp"

namespace paritas::python {
namespace {

// A contiguous float32 array, read without the buffer protocol, which takes longer than a short vector. The call keeps
// the GIL and the caller keeps the array. Any other object: false.
bool lend(PyObject* object, std::span<const float>& out) {
  static PyTypeObject* array_type = nullptr;  // known once the first array has come by; the GIL guards it
  if (Py_TYPE(object) != array_type) {
    if (array_type != nullptr || std::strcmp(Py_TYPE(object)->tp_name, "numpy.ndarray") != 0) return false;
    array_type = Py_TYPE(object);
  }
  constexpr int kReadable = 0x0001 | 0x0100;  // NPY_ARRAY_C_CONTIGUOUS, NPY_ARRAY_ALIGNED
  constexpr int kFloat32 = 11;                // NPY_FLOAT
  const auto* array = py::detail::array_proxy(object);
  const auto* type = py::detail::array_descriptor_proxy(array->descr);
  if (array->nd != 1 || (array->flags & kReadable) != kReadable || type->type_num != kFloat32 ||
      type->byteorder == '>') {
    return false;
  }
  out = {reinterpret_cast<const float*>(array->data), static_cast<std::size_t>(array->dimensions[0])};
  return true;
}

bool put(PyObject** slot, PyObject* value) {
  if (*slot != nullptr) return false;
  *slot = value;
  return true;
}

// The arguments a and b, by place or by name.
bool take(PyObject* const* args, Py_ssize_t count, PyObject* names, PyObject** pair) {
  if (count > 2) return false;
  for (Py_ssize_t i = 0; i < count; ++i) pair[i] = args[i];
  const Py_ssize_t named = names == nullptr ? 0 : PyTuple_GET_SIZE(names);
  for (Py_ssize_t i = 0; i < named; ++i) {
    PyObject* name = PyTuple_GET_ITEM(names, i);
    const bool is_a = PyUnicode_CompareWithASCIIString(name, "a") == 0;
    if (!is_a && PyUnicode_CompareWithASCIIString(name, "b") != 0) return false;
    if (!put(&pair[is_a ? 0 : 1], args[count + i])) return false;
  }
  return pair[0] != nullptr && pair[1] != nullptr;
}

}  // namespace

PyObject* call_pair(PairCall call, PyObject* const* args, Py_ssize_t count, PyObject* names) {
  PyObject* pair[2] = {nullptr, nullptr};
  if (!take(args, count, names, pair)) {
    PyErr_SetString(PyExc_TypeError, "two vectors are needed: a and b");
    return nullptr;
  }
  try {
    std::span<const float> a, b;
    if (lend(pair[0], a) && lend(pair[1], b)) {
      const Result<float> result = call(a, b);
      if (result.ok()) return PyFloat_FromDouble(widen(result.value()));
      raise(result.error());
    }
    FloatVector left, right;
    left.read(pair[0]);
    right.read(pair[1]);
    return PyFloat_FromDouble(widen(unwrap(call(left, right))));
  } catch (py::error_already_set& error) {
    error.restore();
  } catch (const std::bad_alloc&) {
    PyErr_NoMemory();
  }
  return nullptr;
}

}  // namespace paritas::python
