#include "paritas/text/terms.hpp"

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object terms_of(const Text& text) {
  static const Record record("Term");
  const std::vector<Term> found = unlocked([&] { return terms(text); });
  const OffsetMap offsets(text);
  return list_of(found, [&](const Term& term) {
    return record.make(name(term.kind), span_record(term.span, offsets), term.key, term.stem, term.negated,
                       term.space_before);
  });
}

}  // namespace

void bind_terms(py::module_& m) {
  m.def("terms", &terms_of, py::arg("text"),
        R"(The terms of a text in order: words, numbers, single characters of unspaced scripts, and marks.

Returns: list of Term(kind, span, key, stem, negated, space_before); the key is folded and without contractions)");
}

}  // namespace paritas::python
