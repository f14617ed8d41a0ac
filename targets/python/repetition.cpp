#include "paritas/stream/repetition.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object told(const RepetitionReport& report) {
  static const Record record("RepetitionReport", "paritas.results_loops");
  const auto points = [](const TextLength& length) { return static_cast<std::size_t>(length.code_points); };
  return record.make(report.is_loop(), name(report.kind), points(report.position), points(report.period),
                     static_cast<std::size_t>(report.repeats), points(report.covered), report.unit,
                     points(report.start), report.novelty);
}

RepetitionDetector create(const Whole& max_period, const Whole& min_repeats, const Whole& min_covered,
                          const Whole& window, const Whole& novelty_n, const Whole& novelty_window,
                          const Real& novelty_min) {
  return unwrap(RepetitionDetector::create(
      {max_period, min_repeats, min_covered, window, novelty_n, novelty_window, novelty_min}));
}

}  // namespace

void bind_repetition(py::module_& m) {
  constexpr RepetitionOptions kDefaults;
  py::class_<RepetitionDetector>(m, "RepetitionDetector",
                                 R"(Finds text that repeats itself while it streams: the same however it is cut.

Exact period: at every 16th code point and at the end, the least period of the text's tail whose repetition is long enough.
Novelty: at every 16th word from the 64th on, the share of distinct n-grams of the last words; numbers do not count, so
that "Step 1: ..." and "Step 2: ..." are the same words. The first report that fires is kept until reset().

max_period:     1 to window / 2 code points: the longest unit
min_repeats:    at least 2: how often the unit must stand in a row
min_covered:    at least 2 code points of repetition; 400 for a unit without letter or digit
window:         2 to 65536 code points that are looked at
novelty_n:      2 to 16 words that are one n-gram
novelty_window: novelty_n to 65536 words
novelty_min:    0 to 1: a smaller share of distinct n-grams is a loop
Errors:         invalid_argument for an option out of its range

Memory is below 64 KB with the defaults, and never grows with the stream.)")
      .def(py::init(&create), py::arg("max_period") = kDefaults.max_period,
           py::arg("min_repeats") = kDefaults.min_repeats, py::arg("min_covered") = kDefaults.min_covered,
           py::arg("window") = kDefaults.window, py::arg("novelty_n") = kDefaults.novelty_n,
           py::arg("novelty_window") = kDefaults.novelty_window, py::arg("novelty_min") = kDefaults.novelty_min)
      .def(
          "feed", [](RepetitionDetector& self, const Text& text) { return told(unwrap(self.feed(text))); },
          py::arg("text"), "Reads on. Errors: stream_finished after finish()")
      .def(
          "finish", [](RepetitionDetector& self) { return told(unwrap(self.finish())); },
          "Ends the stream: the tail is looked at once more. Errors: stream_finished after finish()")
      .def("reset", &RepetitionDetector::reset, "Makes it equal to a new one.");
  m.def(
      "detect_repetition", [](const Text& text) { return told(unlocked([&] { return detect_repetition(text); })); },
      py::arg("text"),
      R"(The first repetition of a text, as a stream would find it, but told to its end.

covered, repeats and novelty are those of the whole repetition; position is where a stream would have stopped.)");
}

}  // namespace paritas::python
