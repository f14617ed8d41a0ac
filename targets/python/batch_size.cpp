#include "paritas/ocr/batch_size.hpp"

#include "bindings.hpp"
#include "integers.hpp"

namespace paritas::python {

void bind_batch_size(py::module_& m) {
  const BatchSizeOptions defaults;
  m.def(
      "optimal_batch_size",
      [](Integral total_items, Real available_memory_mb, Real memory_per_item_mb, Flag strict_memory) {
        return unwrap(optimal_batch_size(total_items, available_memory_mb,
                                         {.memory_per_item_mb = memory_per_item_mb, .strict_memory = strict_memory}));
      },
      py::arg("total_items"), py::arg("available_memory_mb"),
      py::arg("memory_per_item_mb") = defaults.memory_per_item_mb, py::kw_only(),
      py::arg("strict_memory") = defaults.strict_memory,
      R"(The published batch size: what the memory holds, times sqrt(E(total_items)).

It may ask for more than the memory it was given: 1000 items, 500 MB and 5 MB an item give 178 items, which need 890 MB.
With strict_memory it does not.

Returns: from 1 to total_items; 1 for no memory or no items
Errors:  invalid_argument for an available memory that is not finite, or a memory per item that is not a finite number
         above 0)");
}

}  // namespace paritas::python
