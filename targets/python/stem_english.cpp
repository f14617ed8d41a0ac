#include "paritas/text/stem_english.hpp"

#include "bindings.hpp"
#include "convert.hpp"

namespace paritas::python {

void bind_stem_english(py::module_& m) {
  m.def(
      "stem_english", [](const Text& word) { return stem_english(word.view()); }, py::arg("word"),
      R"(The stem of an English word by Snowball's rules: "policies" gives "polici", "running" gives "run".

word:    in lower case; a letter beyond a-z is a consonant
Returns: what its forms have in common, which need not be a word
Source:  the English stemmer of Snowball 3.1, also called Porter2 (snowballstem.org); the same for every word)");
}

}  // namespace paritas::python
