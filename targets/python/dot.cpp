#include "paritas/vectors/dot.hpp"

#include "bindings.hpp"
#include "pairs.hpp"

namespace paritas::python {

void bind_dot(pybind11::module_& m) {
  define_pair<&dot_product>(m, "dot_product",
                            R"(dot_product(a: typing.Any, b: typing.Any) -> float

Inner product in float32 over 32 virtual lanes: the same bits on every machine.

a, b:    vectors of equal length: lists, tuples, arrays or buffers of numbers; a contiguous float32 array is read in place
Returns: the float32 result; 0.0 for no items; the float64 sum rounded when the float32 sum is not finite
Errors:  length_mismatch, "Vector length mismatch: 3 vs 4"; out_of_range for a number that is no float32)");
}

}  // namespace paritas::python
