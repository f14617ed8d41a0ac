#include "paritas/repair/normalize_text.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"
#include "surrogate.hpp"

namespace paritas::python {
namespace {

constexpr const char* kModule = "paritas.results_normalize";
constexpr const char* kFields[] = {"form",     "newlines",        "controls", "zero_width", "spaces",
                                   "collapse", "max_blank_lines", "quotes",   "dashes",     "ellipsis",
                                   "trim",     "respect_code"};

void read_field(NormalizeOptions& out, std::string_view field, py::handle value) {
  if (field == "max_blank_lines") {
    Whole number;
    number.read(value);
    out.max_blank_lines = number;
  } else if (field == "trim" || field == "respect_code") {
    Flag flag;
    flag.read(value);
    (field == "trim" ? out.trim : out.respect_code) = flag;
  } else {
    Text word;
    word.read(value);
    std::size_t choice = 0;
    while (kNormalizeChoices[choice].name != field) ++choice;
    if (const auto error = choose(out, choice, word)) raise(*error);
  }
}

/// A NormalizeOptions or None, and single ones by name.
NormalizeOptions options_of(const py::object& options, const py::kwargs& changes) {
  static const py::object& type = *new py::object(py::module_::import(kModule).attr("NormalizeOptions"));
  NormalizeOptions out;
  if (!options.is_none() && !py::isinstance(options, type)) raise_type("a NormalizeOptions", options);
  for (const auto& [key, value] : changes) {
    Text name;
    name.read(key);
    bool known = false;
    std::string all;
    for (const std::string_view field : kFields) {
      known = known || field == name.view();
      all += all.empty() ? "" : ", ";
      all += field;
    }
    if (!known) {
      const py::object error = py::module_::import("paritas.errors").attr("ParitasTypeError");
      const std::string message = "unknown option " + std::string(name.view()) + "; known: " + all;
      PyErr_SetObject(error.ptr(), error("invalid_argument", message).ptr());
      throw py::error_already_set();
    }
  }
  for (const char* field : kFields) {
    if (changes.contains(field)) {
      read_field(out, field, changes[field]);
    } else if (!options.is_none()) {
      read_field(out, field, options.attr(field));
    }
  }
  return out;
}

/// The str itself where it is normal already.
py::object str_of(const NormalizedText& result, py::handle source) {
  if (result.changed) return py::str(result.text);
  if (PyUnicode_CheckExact(source.ptr()) && !has_surrogate(source)) return py::reinterpret_borrow<py::object>(source);
  Text text;
  text.read(source);
  return py::str(text.view().data(), text.view().size());
}

py::object map_record(const MappedText& result, std::string_view source) {
  static const Record record("OffsetMap", kModule), edit_record("TextEdit", kModule);
  const OffsetMap in(source), out(result.text.changed ? std::string_view(result.text.text) : source);
  py::object edits = list_of(result.map.edits, [&](const TextEdit& edit) {
    return edit_record.make(out.codepoint(edit.result.start), out.codepoint(edit.result.end),
                            in.codepoint(edit.source.start), in.codepoint(edit.source.end));
  });
  return record.make(std::move(edits), out.codepoint(result.map.result_size), in.codepoint(source.size()));
}

py::object normalize(const py::object& source, const py::object& options, const py::kwargs& changes) {
  Text text;
  text.read(source);
  const NormalizeOptions settled = options_of(options, changes);
  return str_of(unwrap(unlocked([&] { return normalize_text(text, settled); })), source);
}

py::tuple normalize_mapped(const py::object& source, const py::object& options, const py::kwargs& changes) {
  Text text;
  text.read(source);
  const NormalizeOptions settled = options_of(options, changes);
  const MappedText result = unwrap(unlocked([&] { return normalize_text_mapped(text, settled); }));
  return py::make_tuple(str_of(result.text, source), map_record(result, text));
}

/// The texts and, to give one back that is normal, their strs.
struct Batch {
  explicit Batch(const py::object& items) {
    // An iterator can be read once only.
    const bool one = PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr()) || !py::hasattr(items, "__iter__");
    sources = one ? items : py::object(py::list(items));
    texts.read(sources);
  }
  [[nodiscard]] py::object source(std::size_t i) const { return sources[py::int_(i)]; }
  py::object sources;
  Texts texts;
};

py::list normalize_batch(const py::object& items, const py::object& options, const Whole& threads,
                         const py::kwargs& changes) {
  const Batch batch(items);
  const NormalizeOptions settled = options_of(options, changes);
  const auto results = unwrap(unlocked([&] { return normalize_texts(batch.texts, settled, threads); }));
  py::list out(results.size());
  for (std::size_t i = 0; i < results.size(); ++i) out[i] = str_of(results[i], batch.source(i));
  return out;
}

py::list normalize_mapped_batch(const py::object& items, const py::object& options, const Whole& threads,
                                const py::kwargs& changes) {
  const Batch batch(items);
  const NormalizeOptions settled = options_of(options, changes);
  const auto results = unwrap(unlocked([&] { return normalize_texts_mapped(batch.texts, settled, threads); }));
  const std::span<const std::string_view> texts = batch.texts;
  py::list out(results.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    out[i] = py::make_tuple(str_of(results[i].text, batch.source(i)), map_record(results[i], texts[i]));
  }
  return out;
}

}  // namespace

void bind_normalize_text(py::module_& m) {
  m.def("normalize_text", &normalize, py::arg("text"), py::arg("options") = py::none(),
        R"(The text in one normal form: Unicode, line ends, white space, marks; what and how the options say.

Fenced code keeps its white space and its quotes. Linear, and the result of a result is itself, for any options; a text that
is normal already is returned as it is. A lone surrogate becomes U+FFFD.

options: a NormalizeOptions; keyword arguments of its fields' names change single ones.
Errors: invalid_argument for another word than those listed, max_blank_lines below 0)");
  m.def("normalize_text_mapped", &normalize_mapped, py::arg("text"), py::arg("options") = py::none(),
        "normalize_text, and where each part of its result came from: (text, OffsetMap).");
  m.def("normalize_text_batch", &normalize_batch, py::arg("texts"), py::arg("options") = py::none(), py::kw_only(),
        py::arg("threads") = 0, "normalize_text of each text; threads (0: all cores) change nothing but the time.");
  m.def("normalize_text_mapped_batch", &normalize_mapped_batch, py::arg("texts"), py::arg("options") = py::none(),
        py::kw_only(), py::arg("threads") = 0, "normalize_text_mapped of each text.");
  py::class_<TextNormalizer>(
      m, "TextNormalizer",
      R"(normalize_text of a text that comes in pieces: however it is cut, all that is given out, joined, is the same.

Held back are a starter with its marks (at most 32 characters), and white space that may be the end of the text.)")
      .def(py::init([](const py::object& options, const py::kwargs& changes) {
             return unwrap(TextNormalizer::create(options_of(options, changes)));
           }),
           py::arg("options") = py::none())
      .def(
          "feed", [](TextNormalizer& self, const Text& text) { return py::str(unwrap(self.feed(text))); },
          py::arg("text"), "What a piece of the text adds. Errors: stream_finished after finish()")
      .def(
          "finish", [](TextNormalizer& self) { return py::str(unwrap(self.finish())); },
          "Ends the stream: the rest of the text. Errors: stream_finished after finish()")
      .def("reset", &TextNormalizer::reset, "Makes it equal to a new one.");
}

}  // namespace paritas::python
