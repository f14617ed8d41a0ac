#include "paritas/vectors/cosine.hpp"

#include "bindings.hpp"
#include "pairs.hpp"

namespace paritas::python {

void bind_cosine(pybind11::module_& m) {
  define_pair<&cosine_similarity>(m, "cosine_similarity",
                                  R"(cosine_similarity(a: typing.Any, b: typing.Any) -> float

Cosine of the angle between two vectors, in [-1, 1]; the same bits on every machine.

a, b:    vectors as for dot_product; vectors of 1e-30 or 1e30 have a cosine too
Returns: exactly 1.0 for equal vectors, -1.0 for opposite ones; 0.0 when one has only zeros or no items; NaN when a value
         is NaN or infinite
Errors:  length_mismatch, out_of_range)");
  define_pair<&cosine_distance>(m, "cosine_distance",
                                R"(cosine_distance(a: typing.Any, b: typing.Any) -> float

1 - cosine, in [0, 2], rounded once; 1.0 when one vector has only zeros. Errors as cosine_similarity.)");
}

}  // namespace paritas::python
