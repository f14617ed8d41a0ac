#include "paritas/repair/json_stream.hpp"

#include "bindings.hpp"
#include "json_repair.hpp"
#include "json_text.hpp"

namespace paritas::python {
namespace {

JsonStream make(const Flag& coerce, const Text& finite, const Whole& max_depth) {
  RepairOptions options;
  options.coerce = coerce;
  options.non_finite = unwrap(non_finite(finite));
  options.max_depth = max_depth;
  return unwrap(JsonStream::create(options));
}

void feed(JsonStream& self, const JsonText& delta) {
  if (const auto error = self.feed(delta)) raise(*error);
}

py::object finish(JsonStream& self) {
  const RepairResult result = unwrap(self.finish());
  py::object same = py::none();
  if (result.same) same = py::str(std::string(self.text()));
  return repair_record(result, self.text(), same);
}

}  // namespace

void bind_json_stream(py::module_& m) {
  const RepairOptions defaults;
  py::class_<JsonStream>(m, "JsonStream",
                         R"(A JSON text that is still arriving, however it is cut: the best value so far.

While the text is the beginning of valid JSON, containers only gain members from one snapshot to the next, strings only grow
at their end, and finished values never change.

coerce, non_finite, max_depth: as of repair_json_report)")
      .def(py::init(&make), py::kw_only(), py::arg("coerce") = defaults.coerce, py::arg("non_finite") = "null",
           py::arg("max_depth") = defaults.max_depth)
      .def("feed", &feed, py::arg("delta"),
           R"(Takes the next piece of the text; an empty one adds nothing.

Errors: stream_finished after finish())")
      .def("snapshot", &JsonStream::snapshot,
           "repair_json of the text so far, with partial=True; after finish() the text of its result.")
      .def_property_readonly("complete", &JsonStream::complete, "Whether a value was found and has ended.")
      .def("path", &JsonStream::path,
           R"(The JSON pointer of the value that is being written; "" for the outermost one, or none.)")
      .def("finish", &finish,
           R"(Ends the stream; repair_json_report of the whole text.

Errors: stream_finished the second time)")
      .def("reset", &JsonStream::reset, "Makes it equal to a new one.");
}

}  // namespace paritas::python
