#include "paritas/base/random.hpp"

#include "bindings.hpp"
#include "convert.hpp"

namespace paritas::python {

// For the tests and the self check; `paritas` itself does not show it.
void bind_random(py::module_& m) {
  py::class_<Random>(m, "Random", "Numbers that look random and are the same everywhere. Not for secrets.")
      .def(py::init<std::uint64_t>(), py::arg("seed"))
      .def("next", &Random::next, "64 random bits.")
      .def("below", &Random::below, py::arg("count"),
           "A whole number from 0 to count - 1, by the remainder of one draw; 0 for count 0, which draws too.")
      .def("unit", &Random::unit, "A float in [0, 1): the upper 53 bits of one draw.");
}

}  // namespace paritas::python
