#include "json_repair.hpp"

#include "bindings.hpp"
#include "json_text.hpp"
#include "records.hpp"

namespace paritas::python {

py::object repair_record(const RepairResult& result, std::string_view text, const py::object& input) {
  static const Record record("RepairResult", "paritas.results_repair"),
      change_record("Change", "paritas.results_repair");
  py::object changes = py::list();
  if (!result.changes.empty()) {
    const OffsetMap offsets(text);
    changes = list_of(result.changes, [&](const Change& change) {
      const Span span = offsets.codepoints(change.span);
      return change_record.make(name(change.kind), span.start, span.end);
    });
  }
  py::object mended = result.same ? input : py::object(py::str(result.text));
  return record.make(std::move(mended), result.ok, result.changed(text), std::move(changes), result.change_count,
                     result.truncated, result.depth_limited);
}

namespace {

// Below this many bytes a call ends before another thread could have used the GIL.
constexpr std::size_t kShort = 4096;

RepairResult mended(std::string_view text, const RepairOptions& options) {
  if (text.size() < kShort) return unwrap(repair_json(text, options));
  return unwrap(unlocked([&] { return repair_json(text, options); }));
}

RepairOptions options_of(const Flag& partial, const Flag& coerce, const Text& multiple, const Text& finite,
                         const Whole& max_depth, std::int64_t max_changes) {
  return {.partial = partial,
          .coerce = coerce,
          .multiple = unwrap(repair_multiple(multiple)),
          .non_finite = unwrap(non_finite(finite)),
          .max_depth = max_depth,
          .max_changes = max_changes};
}

py::object text_of(const JsonText& input, const RepairOptions& options) {
  const RepairResult result = mended(input, options);
  return result.same ? input.object() : py::str(result.text);
}

/// The options that all three calls take.
template <class Call, class... More>
void def(py::module_& m, const char* name, const Call& call, const char* doc, const More&... more) {
  const RepairOptions defaults;
  m.def(name, call, py::arg("input"), py::kw_only(), py::arg("partial") = defaults.partial,
        py::arg("coerce") = defaults.coerce, py::arg("multiple") = "array", py::arg("non_finite") = "null",
        py::arg("max_depth") = defaults.max_depth, more..., doc);
}

}  // namespace

void bind_json_repair(py::module_& m) {
  const RepairOptions defaults;
  def(
      m, "repair_json",
      [](const JsonText& input, const Flag& partial, const Flag& coerce, const Text& multiple, const Text& finite,
         const Whole& max_depth) {
        return text_of(input, options_of(partial, coerce, multiple, finite, max_depth, 0));
      },
      R"(Valid JSON for any text; valid JSON comes back as the same str. Linear in the text.

Arguments and errors: as repair_json_report, whose text it is)");
  def(
      m, "repair_json_report",
      [](const JsonText& input, const Flag& partial, const Flag& coerce, const Text& multiple, const Text& finite,
         const Whole& max_depth, const Whole& max_changes) {
        const RepairResult result =
            mended(input, options_of(partial, coerce, multiple, finite, max_depth, max_changes));
        return repair_record(result, input, input.object());
      },
      R"(Valid JSON for any text, and what was changed to get it. Valid JSON comes back as it is.

partial:     the text is still arriving: only what is certain is shown
coerce:      strings that say a number, a literal or a container become it
multiple:    several values one behind another become an "array", or the "first" counts
non_finite:  NaN and infinities become "null", or a "string"
max_depth:   at least 1; what lies deeper in a text that is no valid JSON becomes null
max_changes: at least 0; how many changes are told
Returns:     RepairResult(text, ok, changed, changes, change_count, truncated, depth_limited); spans of changes in code
             points; without a value the text is "null" and ok is False
Errors:      invalid_argument for another option)",
      py::arg("max_changes") = defaults.max_changes);
  def(
      m, "repair_json_loads",
      [](const JsonText& input, const Flag& partial, const Flag& coerce, const Text& multiple, const Text& finite,
         const Whole& max_depth) {
        static const py::handle loads = py::object(py::module_::import("paritas._json_value").attr("loads")).release();
        return py::object(loads(text_of(input, options_of(partial, coerce, multiple, finite, max_depth, 0))));
      },
      R"(The value of repair_json, as json.loads gives it; whole numbers keep all their digits.

Arguments: as repair_json_report
Errors:    as repair_json_report; depth_limit where json.loads cannot go as deep as the text does)");
}

}  // namespace paritas::python
