#include "paritas/chunk/markdown.hpp"

#include "bindings.hpp"
#include "chunkers.hpp"

namespace paritas::python {
namespace {

struct MarkdownHandle : ChunkerHandle {};

MarkdownHandle create(const Whole& chunk_size, const Real& overlap, const Length& length, const Whole& headings,
                      const Flag& include_headings, const Flag& keep_code, const Flag& keep_tables, const Flag& strip) {
  MarkdownChunkerOptions options;
  options.chunk_size = chunk_size;
  options.overlap = overlap;
  options.headings = headings;
  options.include_headings = include_headings;
  options.keep_code = keep_code;
  options.keep_tables = keep_tables;
  options.strip = strip;
  return chunker_handle<MarkdownHandle>(markdown_chunker(options, length));
}

}  // namespace

void bind_markdown(py::module_& m) {
  const MarkdownChunkerOptions defaults;
  py::class_<MarkdownHandle, ChunkerHandle>(
      m, "MarkdownChunker",
      R"(Sections of Markdown, as many whole ones as fit; one over the size is cut between its blocks.

A section is a heading and what follows up to the next heading of its level or a higher one. Sections share a chunk
only when all of them are whole and stand under one heading. Blocks are headings, fences, indented code, tables, list
items, quotes, front matter, HTML and paragraphs; one over the size is cut at lines, sentences, words, code at blank
lines before its least indentation and at lines, a table between rows. A heading goes with the first text of its
section, as long as one word of it fits.

chunk_size:       at least 1, in the unit of `length`
overlap:          from 0 to below chunk_size, or a share of it in (0, 1): whole blocks of the last chunk
length:           "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
headings:         0 to 6: the levels that make sections
include_headings: gives each chunk a contextual_text: the titles it stands under, and its text
keep_code:        code that fits into a chunk is never cut, though its heading may then stand alone
keep_tables:      the same of tables
Errors:           `invalid_argument`

A chunk's kind is "code" or "table" when it has nothing else but headings, "heading" when it has only these. Its headings
are the titles above its start, without markup, cut after 256 code points.)")
      .def(py::init(&create), py::arg("chunk_size") = defaults.chunk_size,
           py::arg("overlap") = static_cast<std::int64_t>(defaults.overlap), py::kw_only(), py::arg("length") = "chars",
           py::arg("headings") = defaults.headings, py::arg("include_headings") = defaults.include_headings,
           py::arg("keep_code") = defaults.keep_code, py::arg("keep_tables") = defaults.keep_tables,
           py::arg("strip") = defaults.strip);
}

}  // namespace paritas::python
