#include "paritas/stream/signature.hpp"

#include "bindings.hpp"
#include "canonical.hpp"
#include "convert.hpp"

namespace paritas::python {
namespace {

py::str to_str(std::string_view text) { return {text.data(), text.size()}; }

std::size_t digits(const Whole& length) { return unwrap(signature_length(length)); }

py::list batch(const py::object& tool_calls, const Whole& length, const py::object& default_) {
  const std::size_t count = digits(length);
  if (PyUnicode_Check(tool_calls.ptr()) || PyBytes_Check(tool_calls.ptr()) || !py::hasattr(tool_calls, "__iter__")) {
    raise_type("a sequence of tool calls", tool_calls);
  }
  // A tuple of our own: `default` may change a list meanwhile.
  const auto calls = py::reinterpret_steal<py::object>(PySequence_Tuple(tool_calls.ptr()));
  if (!calls) throw py::error_already_set();
  py::list out(PyTuple_GET_SIZE(calls.ptr()));
  Canonical canonical(default_, 1);
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(calls.ptr()); ++i) {
    PyObject* call = PyTuple_GET_ITEM(calls.ptr(), i);
    const bool list = PyList_Check(call);
    if ((!list && !PyTuple_Check(call)) || Py_SIZE(call) != 2) {
      raise_type("a pair of tool name and arguments", call, static_cast<std::size_t>(i));
    }
    const auto name = py::reinterpret_borrow<py::object>(list ? PyList_GET_ITEM(call, 0) : PyTuple_GET_ITEM(call, 0));
    const auto args = py::reinterpret_borrow<py::object>(list ? PyList_GET_ITEM(call, 1) : PyTuple_GET_ITEM(call, 1));
    if (!PyUnicode_Check(name.ptr())) raise_type("a str", name, static_cast<std::size_t>(i));
    Text text;
    text.read(name);
    const std::string hash = signature_of(canonical.of_call(text, args, static_cast<std::size_t>(i)), count);
    PyList_SET_ITEM(out.ptr(), i, to_str(hash).release().ptr());
  }
  return out;
}

}  // namespace

void bind_signature(py::module_& m) {
  m.def(
      "canonical_json",
      [](const py::object& value, const py::object& default_) { return to_str(Canonical(default_).of(value)); },
      py::arg("value"), py::kw_only(), py::arg("default") = py::none(),
      R"(The one JSON text that all equal values have.

No white space, keys in order of their UTF-16 code units, numbers as ECMAScript prints them, so that 10 and 10.0 are
equal and True and 1 are not; whole numbers with all their digits, tuples as arrays, sets as sorted arrays.

value:   None, bool, str, numbers, dict, list, tuple, set and frozenset, within each other
default: called once with whatever else there is, for what shall take its place
Errors:  unsupported_type, not_canonical for NaN and infinities, duplicate_key, depth_limit above 1000 levels or for a
         container that holds itself, limit_exceeded for a text above 256 MiB or a whole number above 262144 bits; the
         message names the path
Source:  RFC 8785)");
  m.def(
      "compute_signature",
      [](const Text& tool_name, const py::object& arguments, const Whole& length, const py::object& default_) {
        const std::size_t count = digits(length);
        return to_str(signature_of(Canonical(default_, 1).of_call(tool_name, arguments), count));
      },
      py::arg("tool_name"), py::arg("arguments"), py::kw_only(), py::arg("length") = kSignatureDigits,
      py::arg("default") = py::none(),
      R"(What identifies a tool call: the same for equal calls, whatever the order of keys.

The first `length` (8 to 32) lower-case hexadecimal digits of XXH3-128 of canonical_json([tool_name, arguments]).

Errors: invalid_argument for another length; those of canonical_json, with paths that begin at the arguments)");
  m.def("compute_batch_signatures", &batch, py::arg("tool_calls"), py::kw_only(), py::arg("length") = kSignatureDigits,
        py::arg("default") = py::none(),
        R"(The signatures of many (tool_name, arguments) pairs, as compute_signature makes them.

Errors: those of compute_signature; the offset is the number of the call)");
  m.def(
      "signature_similarity", [](const Text& sig1, const Text& sig2) { return signature_similarity(sig1, sig2); },
      py::arg("sig1"), py::arg("sig2"),
      "1.0 for equal signatures, else 0.0: digits of hashes say nothing about likeness. call_similarity does.");
  m.def(
      "call_similarity",
      [](const Text& name1, const py::object& args1, const Text& name2, const py::object& args2,
         const py::object& default_) {
        Canonical first(default_);
        Canonical second(default_);
        const std::string_view one = first.of(args1);
        return call_similarity(name1, one, name2, second.of(args2));
      },
      py::arg("name1"), py::arg("args1"), py::arg("name2"), py::arg("args2"), py::kw_only(),
      py::arg("default") = py::none(),
      R"(How alike two tool calls are: 0.0 for different names, else the shared part of all (path, value) pairs of both.

A value is a scalar or an empty container, a path the keys and numbers that lead to it. 1.0 for equal arguments.

Errors: those of canonical_json)");
}

}  // namespace paritas::python
