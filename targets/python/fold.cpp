#include "paritas/text/fold.hpp"

#include "bindings.hpp"
#include "convert.hpp"

namespace paritas::python {

// For the tests; `paritas` itself does not show it.
void bind_fold(py::module_& m) {
  m.def(
      "fold",
      [](const Text& text, bool keep_accents) {
        std::string out;
        fold(text, out, keep_accents ? Accents::keep : Accents::drop);
        return out;
      },
      py::arg("text"), py::arg("keep_accents") = false, "The form in which two spellings of one word are equal.");
}

}  // namespace paritas::python
