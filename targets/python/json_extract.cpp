#include "paritas/repair/json_extract.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object extract(const Text& text, const Flag& repair, const Flag& arrays) {
  static const Record record("JsonSpan", "paritas.results_repair");
  const std::vector<JsonSpan> found =
      unlocked([&] { return extract_json_objects(text, {.repair = repair, .arrays = arrays}); });
  const OffsetMap offsets(text);
  return list_of(found, [&](const JsonSpan& value) {
    const Span span = offsets.codepoints(value.span);
    return record.make(span.start, span.end, value.json, value.repaired);
  });
}

py::tuple normalize(const Text& s) {
  const NormalizedJson found = unlocked([&] { return normalize_json_string(s); });
  return py::make_tuple(found.json, found.ok);
}

}  // namespace

void bind_json_extract(py::module_& m) {
  m.def("extract_json_objects", &extract, py::arg("text"), py::kw_only(), py::arg("repair") = ExtractOptions{}.repair,
        py::arg("arrays") = ExtractOptions{}.arrays,
        R"(The JSON values in a text, from left to right: objects, and arrays unless `arrays` is False.

At each bracket outside of an earlier value the text is read as JSON and, where that fails and a closer fits the bracket,
repaired as repair_json does unless `repair` is False. An array of one number alone, [1], is a citation and no value. Text in
strings opens no value. Linear.)");
  m.def("normalize_json_string", &normalize, py::arg("s"),
        R"(The JSON that a text holds, mended where need be, and whether there is any: without, ("null", False).)");
}

}  // namespace paritas::python
