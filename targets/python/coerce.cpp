#include "paritas/repair/coerce.hpp"

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object coerced_record(const CoercedValue& value) {
  static const Record record("CoercedValue", "paritas.results_repair");
  return record.make(name(value.type), value.json, value.exact);
}

py::object coerce(const Text& s) { return coerced_record(coerce_string_type(s)); }

py::object coerce_batch(const Texts& strings, const Whole& threads) {
  return list_of(unwrap(unlocked([&] { return batch_coerce_string_types(strings, threads); })), coerced_record);
}

}  // namespace

void bind_coerce(py::module_& m) {
  m.def("coerce_string_type", &coerce, py::arg("s"),
        R"(What a string says: a number, a boolean, null, a JSON object or array; else it is a string.

White space around it does not count. A number is one of JSON with at most 17 significant digits that fits into a double:
"007", "+1", "1e400" and "nan" stay strings. `json` has the number as it was written; `exact` is False where its double has
other digits.)");
  m.def("batch_coerce_string_types", &coerce_batch, py::arg("strings"), py::kw_only(), py::arg("threads") = 0,
        "coerce_string_type of each; threads (0: all cores) change nothing but the time.");
}

}  // namespace paritas::python
