#include "paritas/stream/thinking_filter.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"
#include "surrogate.hpp"

namespace paritas::python {

/// A piece of a stream: the str itself, which is given back where all of it is let through, and its UTF-8.
struct Chunk {
  py::handle object;
  Text utf8;
  void read(py::handle text) {
    utf8.read(text);
    object = text;
  }
};

/// Any sequence of pairs of str.
struct MarkerPairs {
  std::vector<MarkerPair> pairs;
  void read(py::handle markers) {
    std::size_t number = 0;
    for (const py::handle pair : iterated(markers)) {
      std::vector<std::string> texts;
      for (const py::handle marker : iterated(pair)) {
        Text text;
        text.read(marker);
        texts.emplace_back(text.view());
      }
      if (texts.size() != 2) {
        raise({ErrorCode::invalid_argument, "a pair of markers has two texts: what opens a thought and what closes it",
               number});
      }
      pairs.emplace_back(std::move(texts[0]), std::move(texts[1]));
      ++number;
    }
  }

 private:
  static py::iterable iterated(py::handle items) {
    if (PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr()) || !py::hasattr(items, "__iter__")) {
      raise_type("a sequence of pairs of str", items);
    }
    return py::reinterpret_borrow<py::iterable>(items);
  }
};

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Chunk> : paritas_caster<paritas::python::Chunk> {
  static constexpr auto name = const_name("str");
};
template <>
struct type_caster<paritas::python::MarkerPairs> : paritas_caster<paritas::python::MarkerPairs> {
  static constexpr auto name = const_name("collections.abc.Sequence[tuple[str, str]]");
};

}  // namespace pybind11::detail

namespace paritas::python {
namespace {

constexpr const char* kModule = "paritas.results_filter";

py::str to_str(std::string_view text) { return {text.data(), text.size()}; }

/// The text of a segment; where it is all of the piece, the same object.
py::object str_of(std::string_view text, const Chunk* chunk) {
  const bool all = chunk != nullptr && text.data() == chunk->utf8.view().data() &&
                   text.size() == chunk->utf8.view().size() && PyUnicode_CheckExact(chunk->object.ptr());
  if (all && !has_surrogate(chunk->object)) return py::reinterpret_borrow<py::object>(chunk->object);
  return to_str(text);
}

py::object joined(std::span<const FilterSegment> segments, bool answer, bool thinking) {
  std::string out;
  for (const FilterSegment& segment : segments) {
    if (segment.thinking ? thinking : answer) out += segment.text;
  }
  return to_str(out);
}

py::object record_of(const FilterResult& result, const Chunk* chunk) {
  static const Record record("StreamingChunkResult", kModule), segment_record("Segment", kModule);
  static const py::object& kind_answer = *new py::object(to_str("answer"));  // live as long as the process
  static const py::object& kind_thinking = *new py::object(to_str("thinking"));
  static const py::object& empty = *new py::object(to_str(""));
  const auto& segments = result.segments;
  py::object answer = empty, thinking = empty, content = empty;
  py::list list(segments.size());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    py::object text = str_of(segments[i].text, chunk);
    if (segments.size() == 1) (segments[i].thinking ? thinking : answer) = content = text;
    PyList_SET_ITEM(list.ptr(), static_cast<Py_ssize_t>(i),
                    segment_record.make(py::object(segments[i].thinking ? kind_thinking : kind_answer), std::move(text))
                        .release()
                        .ptr());
  }
  if (segments.size() > 1) {
    answer = joined(segments, true, false);
    thinking = joined(segments, false, true);
    content = joined(segments, true, true);
  }
  return record.make(py::object(std::move(list)), std::move(answer), std::move(thinking), std::move(content),
                     result.is_thinking, result.state_changed(), result.entering_thinking, result.exiting_thinking);
}

py::object process_chunk(ThinkingFilter& self, const Chunk& chunk) {
  return record_of(unwrap(self.process_well_formed(chunk.utf8)), &chunk);
}

py::object finish(ThinkingFilter& self) { return record_of(unwrap(self.finish()), nullptr); }

py::dict stats_of(const ThinkingFilter& self) {
  const FilterStats stats = self.stats();
  py::dict out;
  out["thoughts"] = stats.thoughts;
  out["orphan_closers"] = stats.orphan_closers;
  out["thinking_length"] = stats.thinking_length;
  out["thinking_dropped"] = stats.thinking_dropped;
  out["answer_length"] = stats.answer_length;
  return out;
}

py::object tokens_of(const Text& text) {
  static const Record record("ThinkingToken", kModule);
  const auto found = unlocked([&] { return find_thinking_tokens(text); });
  const OffsetMap offsets(text);
  return list_of(found, [&](const ThinkingMarker& marker) {
    const Span span = offsets.codepoints(marker.span);
    return record.make(span.start, span.end, static_cast<std::size_t>(marker.id));
  });
}

py::object content_of(const Text& text, const Text& orphans) {
  static const Record record("ThinkingContent", kModule);
  const OrphanClose wanted = unwrap(orphan_close(orphans, true));
  const ThinkingContent content = unlocked([&] { return extract_thinking_content(text, wanted); });
  return record.make(content.main, content.thinking);
}

ThinkingFilter make(const Flag& suppress_thinking, const Whole& max_thinking_content, MarkerPairs& markers,
                    const Flag& default_markers, const Flag& start_in_thinking, const Flag& nesting,
                    const Text& orphans, const Flag& respect_code, const Flag& trim_after) {
  return unwrap(ThinkingFilter::create({.suppress_thinking = suppress_thinking,
                                        .max_thinking_content = max_thinking_content,
                                        .markers = std::move(markers.pairs),
                                        .default_markers = default_markers,
                                        .start_in_thinking = start_in_thinking,
                                        .nesting = nesting,
                                        .orphan_close = unwrap(orphan_close(orphans)),
                                        .respect_code = respect_code,
                                        .trim_after = trim_after}));
}

}  // namespace

void bind_thinking_filter(py::module_& m) {
  const ThinkingFilterOptions defaults;
  py::class_<ThinkingFilter>(m, "StreamingFilter",
                             R"(Takes the thoughts of a language model apart from its answer, while the text comes.

However a stream is cut, the segments joined are the same. At most 192 characters are held back: those that may become a
marker.

suppress_thinking:    thoughts are counted, and not let through
max_thinking_content: characters of thoughts in the whole stream, 0 for any number; beyond it should_abort() is true
markers:              pairs of what opens and what closes a thought, beside those of the table
start_in_thinking:    the prompt has opened the thought
nesting:              a thought ends with as many closers as it has openers
orphan_close:         "drop" takes a closer without a thought away, "text" keeps it
respect_code:         markers in fences of the answer and between backticks are text
trim_after:           white space between the closer of a thought and the answer is dropped)")
      .def(py::init(&make), py::arg("suppress_thinking") = defaults.suppress_thinking,
           py::arg("max_thinking_content") = defaults.max_thinking_content, py::kw_only(),
           py::arg("markers") = py::tuple(), py::arg("default_markers") = defaults.default_markers,
           py::arg("start_in_thinking") = defaults.start_in_thinking, py::arg("nesting") = defaults.nesting,
           py::arg("orphan_close") = "drop", py::arg("respect_code") = defaults.respect_code,
           py::arg("trim_after") = defaults.trim_after)
      .def("process_chunk", &process_chunk, py::arg("chunk"),
           "What a piece of the text adds; an empty one adds nothing.")
      .def("finish", &finish,
           "Ends the stream: text that was held back, because it could have become a marker, is given out.")
      .def("flush", &finish, "The same as finish().")
      .def("reset", &ThinkingFilter::reset, "Makes it equal to a new one.")
      .def("should_abort", &ThinkingFilter::should_abort, "Whether there was more thinking than max_thinking_content.")
      .def("get_abort_reason", &ThinkingFilter::abort_reason, "Why, or None.")
      .def(
          "get_state", [](const ThinkingFilter& self) { return self.in_thinking() ? "in_thinking" : "normal"; },
          R"("normal" or "in_thinking".)")
      .def(
          "get_thinking_length", [](const ThinkingFilter& self) { return self.stats().thinking_length; },
          "Characters of thinking so far, up to the limit.")
      .def("stats", &stats_of, "Counts of the whole stream; lengths in characters.");
  m.def(
      "strip_thinking_tokens", [](const Text& text) { return unlocked([&] { return strip_thinking_tokens(text); }); },
      py::arg("text"), "The text without its markers; what stands between them stays.");
  m.def(
      "remove_thinking", [](const Text& text) { return unlocked([&] { return remove_thinking(text); }); },
      py::arg("text"), "The text without markers and thoughts: the answer.");
  m.def(
      "contains_thinking_tokens",
      [](const Text& text) { return unlocked([&] { return contains_thinking_tokens(text); }); }, py::arg("text"),
      "Whether strip_thinking_tokens would take anything away.");
  m.def("find_thinking_tokens", &tokens_of, py::arg("text"),
        "The markers that strip_thinking_tokens takes away, in order; pattern_idx says which, even ones open.");
  m.def("extract_thinking_content", &content_of, py::arg("text"), py::kw_only(), py::arg("orphan_close") = "thinking",
        R"(Answer and thoughts, these joined by line feeds.

orphan_close: what becomes of a closing marker without a thought: with "thinking" all text before the first one is
              thinking, as of a model whose prompt has opened the thought; "drop" takes it away, "text" keeps it)");
}

}  // namespace paritas::python
