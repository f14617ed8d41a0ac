#include "paritas/repair/normalize_block.hpp"

#include "bindings.hpp"
#include "convert.hpp"

namespace paritas::python {

void bind_normalize_block(py::module_& m) {
  m.def(
      "normalize_block", [](const Text& block) { return normalize_block(block); }, py::arg("block"),
      R"(Prose as it is compared with other prose: trimmed, every run of white space (Unicode's White_Space) one space, simple
lower case, without the full stops, commas, semicolons, colons and spaces at its end.

Idempotent. A lone surrogate becomes U+FFFD. "  Hello,\n World! " gives "hello, world!", "..." gives nothing.)");
}

}  // namespace paritas::python
