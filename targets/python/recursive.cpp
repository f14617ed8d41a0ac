#include "paritas/chunk/recursive.hpp"

#include "bindings.hpp"
#include "chunkers.hpp"

namespace paritas::python {
namespace {

struct RecursiveHandle : ChunkerHandle {
  bool add_start_index = true;
};
struct SplitterHandle : RecursiveHandle {};

KeepSeparator keep_separator_of(py::handle keep) {
  if (PyBool_Check(keep.ptr())) return keep.is(py::bool_(true)) ? KeepSeparator::start : KeepSeparator::no;
  if (!PyUnicode_Check(keep.ptr())) raise_type("True, False, \"start\" or \"end\"", keep);
  Text name;
  name.read(keep);
  return unwrap(keep_separator_named(name));
}

std::vector<std::string> owned(const py::object& separators) {
  Texts texts;
  texts.read(separators);
  const std::span<const std::string_view> views = texts;
  return {views.begin(), views.end()};
}

RecursiveHandle recursive(const Whole& chunk_size, const Real& chunk_overlap, const py::object& separators,
                          const py::object& keep_separator, const Flag& strip, const Length& length,
                          const Text& oversize, const Flag& is_separator_regex) {
  RecursiveChunkerOptions options;
  options.chunk_size = chunk_size;
  options.overlap = chunk_overlap;
  options.separators = owned(separators);
  options.keep_separator = keep_separator_of(keep_separator);
  options.strip = strip;
  options.keep_oversize = unwrap(keep_oversize_named(oversize));
  options.regex = is_separator_regex;
  return chunker_handle<RecursiveHandle>(recursive_chunker(std::move(options), length));
}

SplitterHandle splitter(const py::object& separators, const py::object& keep_separator, const Flag& is_separator_regex,
                        const Whole& chunk_size, const Real& chunk_overlap, const Length& length_function,
                        const Flag& add_start_index, const Flag& strip_whitespace) {
  RecursiveChunkerOptions options;
  options.chunk_size = chunk_size;
  options.overlap = chunk_overlap;
  if (!separators.is_none()) options.separators = owned(separators);
  options.keep_separator = keep_separator_of(keep_separator);
  options.strip = strip_whitespace;
  options.keep_nested = true;
  options.regex = is_separator_regex;
  SplitterHandle handle = chunker_handle<SplitterHandle>(recursive_chunker(std::move(options), length_function));
  handle.add_start_index = add_start_index;
  return handle;
}

py::object documents(const char* function, const py::object& self, const py::object& input,
                     const py::object& metadatas) {
  return py::module_::import("paritas.chunk_documents").attr(function)(self, input, metadatas);
}

constexpr const char* kOfLanguage =
    R"(One with the separators of a language: markdown, html, latex, python, js, ts, java, c, cpp, csharp, go, rust, php, ruby,
swift, kotlin, scala, sql; `options` are the other arguments.)";

template <class Handle>
py::object of_language(const Text& language, const py::kwargs& options) {
  return py::type::of<Handle>()(py::arg("separators") = unwrap(language_separators(language)), **options);
}

py::tuple separators_default() {
  py::list out;
  for (const std::string& separator : RecursiveChunkerOptions{}.separators) out.append(separator);
  return py::tuple(out);
}

}  // namespace

void bind_recursive(py::module_& m) {
  const RecursiveChunkerOptions defaults;
  py::class_<RecursiveHandle, ChunkerHandle>(
      m, "RecursiveChunker",
      R"(Cuts at the coarsest separator first and joins pieces up to the size, as LangChain does.

1. The first separator that occurs in the text cuts it; the others are left for its pieces. "" cuts anywhere.
2. A piece below the size joins the run; another one ends it and is cut by the separators left, or at words.
3. The run is merged: a piece that would make it too long ends the chunk, and pieces go at the front until the overlap is left.

chunk_size:     at least 1, in the unit of `length`
chunk_overlap:  from 0 to chunk_size, or a share of it in (0, 1)
keep_separator: True or "start": it opens the next piece; "end": it closes the one before; False: it is left out
strip:          chunks have no white space at their ends
length:         "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
oversize:       "split" cuts a piece that no separator cuts; "keep" leaves it whole
Errors:         `invalid_argument`; those of regular expressions with is_separator_regex)")
      .def(py::init(&recursive), py::arg("chunk_size") = defaults.chunk_size,
           py::arg("chunk_overlap") = static_cast<std::int64_t>(defaults.overlap), py::kw_only(),
           py::arg("separators") = separators_default(), py::arg("keep_separator") = true,
           py::arg("strip") = defaults.strip, py::arg("length") = "chars", py::arg("oversize") = "split",
           py::arg("is_separator_regex") = defaults.regex)
      .def_static(
          "from_language",
          [](const Text& language, const py::kwargs& options) {
            return of_language<RecursiveHandle>(language, options);
          },
          py::arg("language"), kOfLanguage)
      .def_readonly("_add_start_index", &RecursiveHandle::add_start_index)
      .def(
          "create_documents",
          [](const py::object& self, const py::object& texts, const py::object& metadatas) {
            return documents("create_documents", self, texts, metadatas);
          },
          py::arg("texts"), py::arg("metadatas") = py::none(),
          "The chunks of each text as ChunkDocument with a copy of its metadata and `start_index`.")
      .def(
          "split_documents",
          [](const py::object& self, const py::object& docs) {
            return py::module_::import("paritas.chunk_documents").attr("split_documents")(self, docs);
          },
          py::arg("docs"),
          "The same of documents: objects with page_content and metadata, or dicts with text and perhaps metadata.");
  py::class_<SplitterHandle, RecursiveHandle>(
      m, "RecursiveCharacterTextSplitter",
      "RecursiveChunker under LangChain's name, with its arguments and exactly its pieces, nested ones too.")
      .def(py::init(&splitter), py::arg("separators") = py::none(), py::arg("keep_separator") = true,
           py::arg("is_separator_regex") = defaults.regex, py::kw_only(), py::arg("chunk_size") = defaults.chunk_size,
           py::arg("chunk_overlap") = static_cast<std::int64_t>(defaults.overlap), py::arg("length_function") = "chars",
           py::arg("add_start_index") = false, py::arg("strip_whitespace") = defaults.strip)
      .def_static(
          "from_language",
          [](const Text& language, const py::kwargs& options) {
            return of_language<SplitterHandle>(language, options);
          },
          py::arg("language"), kOfLanguage);
}

}  // namespace paritas::python
