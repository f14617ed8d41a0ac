#include "paritas/stream/cycles.hpp"

#include "bindings.hpp"
#include "canonical.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object told(const CycleReport& report) {
  static const Record record("CycleReport", "paritas.results_loops");
  return record.make(report.is_cycle(), static_cast<std::size_t>(report.period),
                     static_cast<std::size_t>(report.repeats),
                     list_of(report.sequence, [](const std::string& name) { return py::str(name); }), report.guidance);
}

CycleDetector create(const Whole& max_period, const Whole& repeats, const Whole& same_repeats, const Whole& window,
                     const Real& similarity) {
  return unwrap(CycleDetector::create({max_period, repeats, same_repeats, window, similarity}));
}

}  // namespace

void bind_cycles(py::module_& m) {
  constexpr CycleOptions kDefaults;
  py::class_<CycleDetector>(m, "CycleDetector",
                            R"(Finds tool calls that come round again: A A A A, or A B C A B C A B C.

After each call, for each period p: repeats = 1 + (length of the longest suffix that equals itself p earlier) / p. The
least period with enough of them wins, so a report goes on to say so until something else is called.

max_period:   1 to 1024 calls: the longest round
repeats:      at least 2: how often a round of several calls must come
same_repeats: at least 2: how often the same call must come
window:       calls that are looked at, at most 65536; no fewer than a cycle needs
similarity:   above 0 to 1: calls of one name whose call_similarity is at least that count as equal
Errors:       invalid_argument for an option out of its range

Memory is that of the last max_period calls.)")
      .def(py::init(&create), py::arg("max_period") = kDefaults.max_period, py::arg("repeats") = kDefaults.repeats,
           py::arg("same_repeats") = kDefaults.same_repeats, py::arg("window") = kDefaults.window,
           py::arg("similarity") = kDefaults.similarity)
      .def(
          "record",
          [](CycleDetector& self, const Text& name, const py::object& arguments, const py::object& default_) {
            Canonical canonical(default_, 1);
            return told(self.record(name, canonical.of_call(name, arguments)));
          },
          py::arg("name"), py::arg("arguments"), py::kw_only(), py::arg("default") = py::none(),
          "What a call makes of it. Errors: those of canonical_json, and nothing has changed")
      .def(
          "record_signature", [](CycleDetector& self, const Text& sig) { return told(self.record_signature(sig)); },
          py::arg("sig"), "The same for a call that is known by its signature of 32 digits alone.")
      .def("reset", &CycleDetector::reset, "Forgets all calls.");
}

}  // namespace paritas::python
