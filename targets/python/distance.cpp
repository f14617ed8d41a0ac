#include "paritas/vectors/distance.hpp"

#include "bindings.hpp"
#include "pairs.hpp"

namespace paritas::python {

void bind_distance(pybind11::module_& m) {
  define_pair<&squared_euclidean>(m, "squared_euclidean",
                                  R"(squared_euclidean(a: typing.Any, b: typing.Any) -> float

Sum of the squared differences in float32; in float64 where float32 would overflow or lose bits.

a, b:    vectors as for dot_product
Returns: 0.0 for no items or equal vectors; infinity where the sum is larger than a float32
Errors:  length_mismatch, out_of_range)");
  define_pair<&euclidean_distance>(m, "euclidean_distance",
                                   R"(euclidean_distance(a: typing.Any, b: typing.Any) -> float

Square root of the sum of squared differences; finite where the distance is a float32. Errors as squared_euclidean.)");
  m.attr("squared_euclidean_distance") = m.attr("squared_euclidean");
}

}  // namespace paritas::python
