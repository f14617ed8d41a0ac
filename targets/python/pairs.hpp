#pragma once
#include <pybind11/pybind11.h>

#include <span>

#include "paritas/base/result.hpp"

namespace paritas::python {

using PairCall = Result<float> (*)(std::span<const float>, std::span<const float>);

/// A function of two vectors, without pybind11's dispatcher, which costs more than the function.
PyObject* call_pair(PairCall call, PyObject* const* args, Py_ssize_t count, PyObject* names);

template <PairCall call>
PyObject* pair_call(PyObject*, PyObject* const* args, Py_ssize_t count, PyObject* names) {
  return call_pair(call, args, count, names);
}

/// Registers `pair_call<call>`; doc begins with the signature in pybind11's form.
template <PairCall call>
void define_pair(pybind11::module_& m, const char* name, const char* doc) {
  static PyMethodDef methods[] = {{name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&pair_call<call>)),
                                   METH_FASTCALL | METH_KEYWORDS, doc},
                                  {nullptr, nullptr, 0, nullptr}};
  if (PyModule_AddFunctions(m.ptr(), methods) != 0) throw pybind11::error_already_set();
}

}  // namespace paritas::python
