#include "paritas/stream/thinking_detector.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

constexpr const char* kModule = "paritas.results_loops";

ThinkingDetector create(const Whole& repetition_threshold, const Real& similarity_threshold, const Whole& window_size,
                        const Whole& stalling_threshold) {
  return unwrap(
      ThinkingDetector::create({repetition_threshold, similarity_threshold, window_size, stalling_threshold}));
}

py::object analyze(ThinkingDetector& self, const Text& content) {
  static const Record record("PatternAnalysis", kModule);
  const PatternAnalysis found = self.analyze(content);
  return record.make(found.is_loop(), name(found.loop_type), found.similarity_score,
                     static_cast<std::size_t>(found.matching_patterns), found.guidance, name(found.category));
}

py::dict stats(const ThinkingDetector& self) {
  const ThinkingStats s = self.stats();
  py::dict out;
  out["total_analyzed"] = s.total_analyzed;
  out["loops_detected"] = s.loops_detected;
  out["exact_matches"] = s.exact_matches;
  out["similar_matches"] = s.similar_matches;
  out["stalling_detected"] = s.stalling_detected;
  out["consecutive_stalls"] = s.consecutive_stalls;
  out["detection_rate"] = s.detection_rate;
  out["history_size"] = s.history_size;
  out["unique_patterns"] = s.unique_patterns;
  return out;
}

py::object circular_patterns(const py::object& text) {
  static const Record record("CircularPattern", kModule);
  Text utf8;
  utf8.read(text);
  const OffsetMap offsets(utf8);
  return list_of(find_circular_patterns(utf8), [&](const Span& span) {
    const std::size_t start = offsets.codepoint(span.start);
    const std::size_t end = offsets.codepoint(span.end);
    PyObject* slice = PyUnicode_Substring(text.ptr(), static_cast<Py_ssize_t>(start), static_cast<Py_ssize_t>(end));
    if (slice == nullptr) throw py::error_already_set();
    return record.make(start, end, py::reinterpret_steal<py::object>(slice));
  });
}

}  // namespace

void bind_thinking_detector(py::module_& m) {
  constexpr ThinkingOptions kDefaults;
  py::class_<ThinkingDetector>(m, "ThinkingDetector",
                               R"(Finds a model whose thoughts go round in circles.

In this order: several thoughts that only announce a step ("Let me read the file."), the same again, several with the same
keywords, one that repeats itself. Keywords are the words of 4 letters or more that are no stop words, and the pairs of
letters of scripts without spaces. Blank thoughts are counted, and nothing else.

repetition_threshold: 2 to 256: so many equal or similar thoughts are a loop
similarity_threshold: above 0 to 1: the share of keywords that similar thoughts have in common (Jaccard)
window_size:          1 to 256: thoughts that a new one is compared with
stalling_threshold:   1 to 256: so many thoughts in a row that announce only
Errors:               invalid_argument for an option out of its range

Memory is that of 256 hashes, and of at most 4096 keywords of each of the last window_size thoughts.)")
      .def(py::init(&create), py::arg("repetition_threshold") = kDefaults.repetition_threshold,
           py::arg("similarity_threshold") = kDefaults.similarity_threshold,
           py::arg("window_size") = kDefaults.window_size, py::arg("stalling_threshold") = kDefaults.stalling_threshold)
      .def(
          "record_thinking",
          [](ThinkingDetector& self, const Text& content) {
            const PatternAnalysis found = self.analyze(content);
            return py::make_tuple(found.is_loop(), found.guidance);
          },
          py::arg("content"), "Whether it is a loop, and what the model may be told.")
      .def("analyze", &analyze, py::arg("content"), "Records a thought: a PatternAnalysis.")
      .def("reset", &ThinkingDetector::reset, "Forgets all thoughts; the counts stay.")
      .def("clear_stats", &ThinkingDetector::clear_stats, "Sets the counts to 0; the thoughts stay.")
      .def("get_stats", &stats, "The counts, what is remembered, and the share of loops.");
  m.def("find_circular_patterns", &circular_patterns, py::arg("text"),
        R"(Phrases that announce the next step in place of taking it: "let me read", "now I'll", "I should check".

Whole words of any ASCII case, any white space between them, typographic apostrophes count as '. Leftmost-longest.

Returns: (start, end, text) of each, in order)");
  m.def(
      "count_circular_patterns", [](const Text& text) { return count_circular_patterns(text); }, py::arg("text"),
      "How many there are of what find_circular_patterns finds.");
  m.def(
      "detect_circular_phrases", [](const Text& text) { return detect_circular_phrases(text); }, py::arg("text"),
      "Whether there is one of what find_circular_patterns finds.");
}

}  // namespace paritas::python
