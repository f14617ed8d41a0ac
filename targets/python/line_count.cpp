#include "paritas/chunk/line_count.hpp"

#include "bindings.hpp"
#include "convert.hpp"

namespace paritas::python {

void bind_line_count(py::module_& m) {
  m.def(
      "count_lines", [](const Text& text) { return count_lines(text); }, py::arg("text"),
      "How many lines a text has: 0 if it is empty, else its line breaks (LF) and one.");
}

}  // namespace paritas::python
