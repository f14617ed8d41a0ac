#include "paritas/verify/polarity.hpp"

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object cues_of(const Text& text) {
  static const Record record("Cue");
  const std::vector<Cue> found = unlocked([&] { return extract_cues(text); });
  const OffsetMap offsets(text);
  return list_of(found, [&](const Cue& cue) {
    return record.make(span_record(cue.span, offsets),
                       list_of(cue.scope, [&](const Span& span) { return span_record(span, offsets); }));
  });
}

}  // namespace

void bind_polarity(py::module_& m) {
  m.def("extract_cues", &cues_of, py::arg("text"),
        R"(The words of negation of a text in order, each with the terms that it negates.

Returns: list of Cue(span, scope))");
}

}  // namespace paritas::python
