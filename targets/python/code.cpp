#include "paritas/chunk/code.hpp"

#include <optional>

#include "bindings.hpp"
#include "chunkers.hpp"
#include "paritas/chunk/doc_type.hpp"

namespace paritas::python {
namespace {

struct CodeHandle : ChunkerHandle {};

CodeHandle create(const py::object& language, const Whole& chunk_size, const Real& overlap, const Length& length,
                  const Flag& strip) {
  CodeChunkerOptions options;
  options.chunk_size = chunk_size;
  options.overlap = overlap;
  options.strip = strip;
  if (language.is_none()) return chunker_handle<CodeHandle>(code_chunker(std::nullopt, options, length));
  Text name;
  name.read(language);
  return chunker_handle<CodeHandle>(code_chunker(name.view(), options, length));
}

}  // namespace

void bind_code(py::module_& m) {
  const CodeChunkerOptions defaults;
  py::class_<CodeHandle, ChunkerHandle>(
      m, "CodeChunker",
      R"(Top-level blocks of code, as many as fit; one over the size is cut at blank lines, lines, words.

A block begins at a line of least indentation outside of brackets, behind a blank line or one that closes brackets;
comments and decorators right above belong to it. Brackets in strings and comments do not count.

language: its name or the ending of its files: "python", "py", ".py"; None for any
Errors:   `invalid_argument` for sizes without meaning and an unknown language

Other arguments are those of SentenceChunker.)")
      .def(py::init(&create), py::arg("language") = py::none(), py::arg("chunk_size") = defaults.chunk_size,
           py::arg("overlap") = static_cast<std::int64_t>(defaults.overlap), py::kw_only(), py::arg("length") = "chars",
           py::arg("strip") = defaults.strip);
  m.def(
      "detect_doc_type", [](const Text& path) { return detect_doc_type(path); }, py::arg("path"),
      "What kind of text a file holds by its name: html, markdown, code, json, yaml, xml, csv or text.");
}

}  // namespace paritas::python
