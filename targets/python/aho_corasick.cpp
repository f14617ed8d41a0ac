#include "paritas/match/aho_corasick.hpp"

#include <Python.h>
#include <structmember.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "integers.hpp"
#include "paritas/match/match_stream.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

/// paritas.results_match.Match, filled slot by slot: a call of Python code for each would take most of the time.
class MatchType {
 public:
  static const MatchType& get() {
    static const MatchType type;
    return type;
  }
  [[nodiscard]] py::object make(const PatternMatch& match, py::handle source, std::size_t base) const {
    PyObject* self = type_->tp_alloc(type_, 0);
    if (self == nullptr) throw py::error_already_set();
    const py::object owned = py::reinterpret_steal<py::object>(self);
    set(self, pattern_, PyLong_FromUnsignedLong(match.pattern));
    set(self, start_, PyLong_FromSize_t(match.start));
    set(self, end_, PyLong_FromSize_t(match.end));
    set(self, source_, source.inc_ref().ptr());
    set(self, base_, PyLong_FromSize_t(base));
    // Numbers and a str make no cycle; among the collector's objects, many matches would be walked again and again.
    if (PyUnicode_CheckExact(source.ptr())) PyObject_GC_UnTrack(self);
    return owned;
  }

 private:
  MatchType()
      : type_(reinterpret_cast<PyTypeObject*>(
            py::object(py::module_::import("paritas.results_match").attr("Match")).release().ptr())),
        pattern_(offset("pattern")),
        start_(offset("start")),
        end_(offset("end")),
        source_(offset("_source")),
        base_(offset("_base")) {}
  [[nodiscard]] Py_ssize_t offset(const char* slot) const {
    const py::object member = py::handle(reinterpret_cast<PyObject*>(type_)).attr(slot);
    return reinterpret_cast<PyMemberDescrObject*>(member.ptr())->d_member->offset;
  }
  static void set(PyObject* self, Py_ssize_t offset, PyObject* value) {
    if (value == nullptr) throw py::error_already_set();
    *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(self) + offset) = value;
  }

  PyTypeObject* type_;  // kept for the life of the process
  Py_ssize_t pattern_, start_, end_, source_, base_;
};

// A str that is ASCII has its bytes as code points.
OffsetUnit unit_of(py::handle text) {
  return PyUnicode_IS_ASCII(text.ptr()) ? OffsetUnit::byte : OffsetUnit::codepoint;
}

py::object matches_of(const std::vector<PatternMatch>& matches, py::handle text) {
  const MatchType& type = MatchType::get();
  return list_of(matches, [&](const PatternMatch& match) { return type.make(match, text, 0); });
}

AhoCorasick create(const Texts& patterns, const Text& match_kind, const py::object& case_insensitive,
                   const Flag& whole_words) {
  AhoCorasickOptions options;
  options.match_kind = unwrap(match_kind_of(match_kind));
  if (PyBool_Check(case_insensitive.ptr())) {
    options.case_insensitive = case_insensitive.is(py::bool_(true)) ? CaseFolding::ascii : CaseFolding::none;
  } else if (PyUnicode_Check(case_insensitive.ptr())) {
    Text name;
    name.read(case_insensitive);
    options.case_insensitive = unwrap(case_folding_of(name));
  } else {
    raise_type("a bool or a str", case_insensitive);
  }
  options.whole_words = whole_words;
  return unwrap(unlocked([&] { return AhoCorasick::build(patterns, options); }));
}

std::vector<PatternMatch> found_in(const AhoCorasick& self, py::handle text) {
  Text read;
  read.read(text);
  const OffsetUnit unit = unit_of(text);
  return unlocked([&] { return self.find_all(read, unit); });
}

py::object find_all(const AhoCorasick& self, const py::object& text) { return matches_of(found_in(self, text), text); }

py::object find_all_batch(const AhoCorasick& self, const py::object& texts, const Whole& threads) {
  const bool refused = PyUnicode_Check(texts.ptr()) || PyBytes_Check(texts.ptr());  // by Texts, with its sentence
  const py::object items = refused || !py::isinstance<py::iterable>(texts) ? texts : py::tuple(texts);
  Texts read;
  read.read(items);
  const auto found = unwrap(unlocked([&] { return self.find_all_batch(read, OffsetUnit::codepoint, threads); }));
  const py::tuple originals(items);
  py::list out(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) out[i] = matches_of(found[i], originals[i]);
  return out;
}

py::tuple find_arrays(const AhoCorasick& self, const py::object& text) {
  const auto found = found_in(self, text);
  NewArray<std::uint32_t> pattern{found.size()}, start{found.size()}, end{found.size()};
  std::uint32_t *const patterns = pattern.view().data(), *const starts = start.view().data(),
                       *const ends = end.view().data();
  for (std::size_t i = 0; i < found.size(); ++i) {
    patterns[i] = found[i].pattern;
    starts[i] = static_cast<std::uint32_t>(found[i].start);
    ends[i] = static_cast<std::uint32_t>(found[i].end);
  }
  return py::make_tuple(std::move(pattern).array(), std::move(start).array(), std::move(end).array());
}

py::object find_first(const AhoCorasick& self, const py::object& text) {
  Text read;
  read.read(text);
  PatternMatch match;
  const OffsetUnit unit = unit_of(text);
  if (!unlocked([&] { return self.find_first(read, match, unit); })) return py::none();
  return MatchType::get().make(match, text, 0);
}

py::str to_str(const std::string& text) { return {text.data(), text.size()}; }

py::str replace_all(const AhoCorasick& self, const py::object& text, const py::object& replacement) {
  Text read;
  read.read(text);
  if (PyUnicode_Check(replacement.ptr())) {
    Text one;
    one.read(replacement);
    return to_str(unwrap(unlocked([&] { return self.replace_all(read, one.view()); })));
  }
  if (PyCallable_Check(replacement.ptr()) == 0) {
    Texts many;
    many.read(replacement);
    return to_str(
        unwrap(unlocked([&] { return self.replace_all(read, static_cast<std::span<const std::string_view>>(many)); })));
  }
  unwrap(self.replaceable());
  const auto matches = found_in(self, text);
  std::vector<std::string> made(matches.size());
  for (std::size_t i = 0; i < matches.size(); ++i) {
    Text one;
    const py::object answer = replacement(MatchType::get().make(matches[i], text, 0));
    one.read(answer);
    made[i] = one.view();
  }
  return to_str(unlocked([&] { return self.replace_each(read, made); }));
}

py::list patterns_of(const AhoCorasick& self) {
  py::list out(self.pattern_count());
  for (std::size_t i = 0; i < self.pattern_count(); ++i)
    out[i] = py::str(self.pattern(i).data(), self.pattern(i).size());
  return out;
}

py::bytes to_bytes(const AhoCorasick& self) {
  return unlocked([&] { return self.to_bytes(); });
}

AhoCorasick from_bytes(const py::object& data) {
  const Buffer bytes(data);
  return unwrap(unlocked([&] { return AhoCorasick::from_bytes(bytes.view()); }));
}

py::object streamed(Result<std::vector<PatternMatch>> result, const std::vector<std::string>& texts) {
  const auto matches = unwrap(std::move(result));
  py::list out(matches.size());
  for (std::size_t i = 0; i < matches.size(); ++i) {
    out[i] = MatchType::get().make(matches[i], to_str(texts[i]), matches[i].start);
  }
  return out;
}

py::object feed(MatchStream& self, const Text& chunk) {
  std::vector<std::string> texts;
  return streamed(self.feed(chunk, &texts), texts);  // with the GIL: a stream is no place for two threads
}

py::object finish(MatchStream& self) {
  std::vector<std::string> texts;
  return streamed(self.finish(&texts), texts);
}

}  // namespace

void bind_aho_corasick(py::module_& m) {
  // Both are there before either has a signature with the other.
  py::class_<AhoCorasick> patterns(
      m, "AhoCorasick",
      R"(Finds many patterns in one pass over a text, in time linear in the text and the matches.

patterns:         str, none empty; the same one twice is allowed
match_kind:       of all occurrences that pass whole_words: "overlapping" all of them, by (end, start, pattern);
                  otherwise again and again, behind the last one, the least: "standard" by (end, start, pattern),
                  "leftmost_first" by (start, pattern), "leftmost_longest" by (start, -end, pattern)
case_insensitive: False; True or "ascii" for A-Z alone; "unicode" for simple case folding of each code point
whole_words:      an occurrence counts if both its ends are word boundaries: not between two letters, marks, digits
                  or connectors of a script that writes spaces
Errors: pattern_empty with the index as offset; limit_exceeded for more than 2^24 patterns or 2^28 bytes of them;
        invalid_argument for an unknown match_kind or case_insensitive)");
  py::class_<MatchStream>(m, "MatchStream", R"(Finds the patterns in a text that comes in pieces, cut anywhere.

All lists together are find_all of the whole text; a match comes as soon as no later input can change it. Offsets
count from the start of the stream. Of the text it keeps about as much as the longest pattern.)")
      .def(py::init([](const AhoCorasick& patterns) { return patterns.stream(OffsetUnit::codepoint); }),
           py::arg("patterns"))
      .def("feed", &feed, py::arg("chunk"),
           "The matches that the chunk has settled. Errors: stream_finished after finish().")
      .def("finish", &finish,
           "The matches that are left, at the end of the text. Errors: stream_finished when called again.")
      .def("reset", &MatchStream::reset, "Starts anew, for another text.");

  patterns
      .def(py::init(&create), py::arg("patterns"), py::kw_only(),
           py::arg("match_kind") = std::string(name(AhoCorasickOptions{}.match_kind)),
           py::arg("case_insensitive") = false, py::arg("whole_words") = false)
      .def("find_all", &find_all, py::arg("text"),
           "The matches of the text in the order of the kind: Match(pattern, start, end), `text` on demand.")
      .def("find_all_batch", &find_all_batch, py::arg("texts"), py::kw_only(), py::arg("threads") = 0,
           "find_all of each text. threads: 0 means all cores; the result is the same.")
      .def("find_arrays", &find_arrays, py::arg("text"), "The same as three uint32 arrays: pattern, start, end.")
      .def("find_first", &find_first, py::arg("text"), "The first of find_all, or None.")
      .def(
          "contains",
          [](const AhoCorasick& self, const Text& text) { return unlocked([&] { return self.contains(text); }); },
          py::arg("text"), "Whether there is a match; stops at the first.")
      .def(
          "contains_batch",
          [](const AhoCorasick& self, const Texts& texts, const Whole& threads) {
            return unwrap(unlocked([&] { return self.contains_batch(texts, threads); }));
          },
          py::arg("texts"), py::kw_only(), py::arg("threads") = 0, "contains of each text.")
      .def(
          "count", [](const AhoCorasick& self, const Text& text) { return unlocked([&] { return self.count(text); }); },
          py::arg("text"), "How many matches find_all gives.")
      .def(
          "count_batch",
          [](const AhoCorasick& self, const Texts& texts, const Whole& threads) {
            return unwrap(unlocked([&] { return self.count_batch(texts, threads); }));
          },
          py::arg("texts"), py::kw_only(), py::arg("threads") = 0, "count of each text.")
      .def(
          "count_by_pattern",
          [](const AhoCorasick& self, const Text& text) {
            return unlocked([&] { return self.count_by_pattern(text); });
          },
          py::arg("text"), "How many matches each pattern has.")
      .def(
          "matched_patterns",
          [](const AhoCorasick& self, const Text& text) {
            return unlocked([&] { return self.matched_patterns(text); });
          },
          py::arg("text"), "The patterns that occur at all, overlapping others or not, ascending.")
      .def("replace_all", &replace_all, py::arg("text"), py::arg("replacement"),
           R"(The text with each match replaced.

replacement: one str for all, a sequence with one for each pattern, or a function that makes one of a Match
Errors: kind_unsupported for "overlapping"; length_mismatch for another number of replacements than patterns)")
      .def(
          "stream", [](const AhoCorasick& self) { return self.stream(OffsetUnit::codepoint); },
          "A matcher for a text that comes in pieces.")
      .def("to_bytes", &to_bytes, "The same object as bytes, equal on all targets.")
      .def_static("from_bytes", &from_bytes, py::arg("data"),
                  "The object of to_bytes. Errors: corrupt_data with the offset for any other bytes.")
      .def_property_readonly("patterns", &patterns_of, "As they were given.")
      .def_property_readonly("pattern_count", &AhoCorasick::pattern_count, "How many there are.")
      .def_property_readonly(
          "match_kind", [](const AhoCorasick& self) { return std::string(name(self.options().match_kind)); },
          R"(One of "standard", "leftmost_first", "leftmost_longest" and "overlapping".)")
      .def_property_readonly("memory_bytes", &AhoCorasick::memory_bytes, "Bytes that the object holds.")
      .def_property_readonly(
          "engine", [](const AhoCorasick& self) { return std::string(self.engine()); },
          R"(How it searches, which no result shows: "prefilter", "dense", "contiguous".)")
      .def("__len__", &AhoCorasick::pattern_count)
      .def(py::pickle([](const AhoCorasick& self) { return to_bytes(self); },
                      [](const py::bytes& data) { return from_bytes(data); }));
}

}  // namespace paritas::python
