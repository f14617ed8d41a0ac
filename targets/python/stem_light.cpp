#include "paritas/text/stem_light.hpp"

#include "bindings.hpp"
#include "convert.hpp"

namespace paritas::python {

void bind_stem_light(py::module_& m) {
  m.def(
      "stem", [](const Text& word) { return stem(word); }, py::arg("word"),
      R"(The light English stem of a word: "policies" gives "policy", "running" gives "run", "went" gives "go".

word:    in lower case, without accents; one with anything but a-z comes back as it is
Returns: what its forms have in common, which need not be a word: "boiled" and "boils" give "boil", "agreed" "agre")");
}

}  // namespace paritas::python
