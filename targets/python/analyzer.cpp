#include "analyzer.hpp"

#include "bindings.hpp"
#include "integers.hpp"

namespace paritas::python {
namespace {

bool truth(py::handle value) {
  Flag flag;
  flag.read(value);
  return flag;
}

std::int64_t whole(py::handle value) {
  Whole number;
  number.read(value);
  return number;
}

std::string text(py::handle value) {
  Text lent;
  lent.read(value);
  return std::string(lent.view());
}

AnalyzerOptions options_of(const py::handle& stemmer, const py::handle& stopwords, const py::handle& cjk,
                           const py::handle& fold_accents, const py::handle& min_length, const py::handle& max_length) {
  AnalyzerOptions options;
  options.stemmer = text(stemmer);
  if (PyUnicode_Check(stopwords.ptr())) {
    options.stopwords = text(stopwords);
  } else if (!stopwords.is_none()) {
    Texts words;
    words.read(stopwords);
    const std::span<const std::string_view> views = words;
    options.stopword_list.assign(views.begin(), views.end());
  }
  options.cjk = text(cjk);
  options.fold_accents = truth(fold_accents);
  options.min_length = whole(min_length);
  options.max_length = whole(max_length);
  return options;
}

py::list spans(const Analyzer& self, const Text& text) {
  return code_points(unlocked([&] { return self.spans(text); }), text);
}

py::list highlight(const Analyzer& self, const Text& query_text, const Text& text) {
  return code_points(unlocked([&] { return self.highlight(query_text, text); }), text);
}

}  // namespace

py::list code_points(const std::vector<Span>& found, const Text& text) {
  const py::object span = py::module_::import("paritas.results").attr("Span");
  const OffsetMap offsets(text.view());
  py::list out;
  for (const Span& item : found) {
    const Span place = offsets.codepoints(item);
    out.append(span(place.start, place.end));
  }
  return out;
}

Analyzer make_analyzer(const py::kwargs& options) {
  return options.empty() ? Analyzer::create({}).value() : py::cast<Analyzer>(py::type::of<Analyzer>()(**options));
}

void bind_analyzer(py::module_& m) {
  const AnalyzerOptions defaults;
  py::class_<Analyzer>(m, "Analyzer", R"(Cuts a text into the terms that an index knows it by.

A term is a run of letters, marks and numbers; scripts without spaces are cut into overlapping pairs. Terms are folded,
lose a final 's and other apostrophes, are left out if they are stop words, and are stemmed.

stemmer:      "light" (stem), "english" (stem_english) or "none"
stopwords:    None, "english" or a list of words
cjk:          how scripts without spaces are cut: "bigram", "unigram" or "run"
fold_accents: whether accents are dropped
min_length:   code points; shorter terms are dropped
max_length:   code points; longer terms are cut
Errors:       invalid_argument for another name or length)")
      .def(py::init([](const py::object& stemmer, const py::object& stopwords, const py::object& cjk,
                       const py::object& fold_accents, const py::object& min_length, const py::object& max_length) {
             return unwrap(Analyzer::create(options_of(stemmer, stopwords, cjk, fold_accents, min_length, max_length)));
           }),
           py::arg("stemmer") = defaults.stemmer, py::arg("stopwords") = py::none(), py::arg("cjk") = defaults.cjk,
           py::arg("fold_accents") = defaults.fold_accents, py::arg("min_length") = defaults.min_length,
           py::arg("max_length") = defaults.max_length)
      .def_static("plain", &Analyzer::plain, "Runs of letters, marks and numbers in lower case, and nothing else.")
      .def(
          "analyze",
          [](const Analyzer& self, const Text& text) { return unlocked([&] { return self.analyze(text); }); },
          py::arg("text"), "The terms of a text, in order.")
      .def("spans", &spans, py::arg("text"), "Where each term of analyze(text) stands, in code points.")
      .def(
          "highlight", &highlight, py::arg("query_text"), py::arg("text"),
          R"(Where a term of the query stands in a text, in code points and in order; terms that overlap are joined.)");
}

}  // namespace paritas::python
