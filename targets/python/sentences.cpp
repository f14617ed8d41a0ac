#include "paritas/text/sentences.hpp"

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object sentences_of(const Text& text) {
  const std::vector<Span> found = unlocked([&] { return sentences(text); });
  const OffsetMap offsets(text);
  return list_of(found, [&](const Span& span) { return span_record(span, offsets); });
}

}  // namespace

void bind_sentences(py::module_& m) {
  m.def("sentences", &sentences_of, py::arg("text"),
        R"(The sentences of a text in order, trimmed; every non-space character lies in exactly one.

Cuts are made at terminators and blank lines, before list items, and not at abbreviations, initials or decimals.
Returns: list of Span; none for an empty text)");
}

}  // namespace paritas::python
