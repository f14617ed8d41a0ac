#pragma once
#include "convert.hpp"
#include "paritas/stream/canonical_json.hpp"

namespace paritas::python {

/// Tells a Python value to a CanonicalWriter, without recursion.
///
/// None, bool, str, numbers, dict, list, tuple, set, frozenset and what has __index__; anything else goes through
/// `default` once. Raises what `default` raises.
class Canonical {
 public:
  explicit Canonical(py::object default_, std::size_t outer = 0) : writer_(outer), default_(std::move(default_)) {}

  /// The text of a value, there until the next call. offset: that of an error
  std::string_view of(py::handle value, std::size_t offset = 0);
  /// The text of [tool_name, arguments].
  std::string_view of_call(std::string_view name, py::handle arguments, std::size_t offset = 0);

 private:
  struct Open {
    py::object container;
    py::object iterator;  // of a set
    Py_ssize_t at;
  };

  bool scalar(PyObject* value);
  void start(PyObject* value, bool mapped = false);
  bool next();
  void run();
  std::string_view done(std::size_t offset);

  CanonicalWriter writer_;
  py::object default_;
  std::vector<Open> open_;
};

}  // namespace paritas::python
