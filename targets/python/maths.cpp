#include "paritas/base/maths.hpp"

#include "bindings.hpp"
#include "convert.hpp"

namespace paritas::python {

// For the tests and the self check; `paritas` itself shows none of them.
void bind_maths(py::module_& m) {
  m.def("log", &log, py::arg("x"), "Natural logarithm; error below 0.52 ulp.");
  m.def("log2", &log2, py::arg("x"),
        "Logarithm to base 2; the nearest float outside [0.6875, 1.375], error below 0.52 ulp inside.");
  m.def("exp", &exp, py::arg("x"), "e to the power of x; error below 0.52 ulp.");
}

}  // namespace paritas::python
