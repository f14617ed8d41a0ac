#include "paritas/chunk/line_chunks.hpp"

#include "bindings.hpp"
#include "chunkers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object lines_of(const Source& text, const Whole& chunk_size, const Real& overlap) {
  static const Record record("ChunkInfo", "paritas.results_chunk");
  const std::vector<Chunk> chunks = unwrap(unlocked([&] { return chunk_with_overlap(text, {chunk_size, overlap}); }));
  const OffsetMap offsets(text);
  std::size_t index = 0;
  return list_of(chunks, [&](const Chunk& chunk) {
    const Span span = offsets.codepoints(chunk.span);
    py::object slice = py::reinterpret_steal<py::object>(PyUnicode_Substring(
        text.object().ptr(), static_cast<Py_ssize_t>(span.start), static_cast<Py_ssize_t>(span.end)));
    return record.make(std::move(slice), chunk.start_line, chunk.end_line, span.start, span.end, chunk.overlap_prev,
                       index++);
  });
}

py::object boundaries_of(const Text& text) {
  const OffsetMap offsets(text);
  return list_of(find_line_boundaries(text), [&](std::size_t start) { return py::int_(offsets.codepoint(start)); });
}

std::size_t line_of(const Text& text, const Whole& offset) {
  const std::int64_t native = offset;
  const OffsetMap offsets(text);
  const auto size = static_cast<std::int64_t>(offsets.codepoint(text.view().size()));
  const bool within = native >= 0 && native <= size;
  const std::int64_t byte =
      within ? static_cast<std::int64_t>(offsets.byte_of_codepoint(static_cast<std::size_t>(native))) : -1;
  return unwrap(line_at_offset(text, byte, native));
}

}  // namespace

void bind_line_chunks(py::module_& m) {
  const LineChunksOptions defaults;
  m.def("chunk_with_overlap", &lines_of, py::arg("text"), py::arg("chunk_size") = defaults.chunk_size,
        py::arg("overlap") = static_cast<std::int64_t>(defaults.overlap),
        R"(Whole lines, as many as fit, with their line ends: together they are the text, but for what they share.

A line over the size is cut at sentences and words.

chunk_size: at least 1, in code points
overlap:    from 0 to below chunk_size, or a share of it in (0, 1): so much of the last chunk in whole lines
Errors:     `invalid_argument`)");
  m.def("find_line_boundaries", &boundaries_of, py::arg("text"),
        "Where each line starts: 0, and behind each LF that is not the last character. None for an empty text.");
  m.def("line_at_offset", &line_of, py::arg("text"), py::arg("offset"),
        R"(The line of an offset, from 1; one at the end of the text is on the last line.

Errors: `invalid_argument` for an offset outside of the text)");
  m.def(
      "chunk_id",
      [](const Text& source_id, const Whole& index, const Text& text) { return chunk_id(source_id, index, text); },
      py::arg("source_id"), py::arg("index"), py::arg("text"),
      R"(A name for a chunk that is the same on every machine: 16 hexadecimal digits of XXH3-128 of "source:index:text".)");
}

}  // namespace paritas::python
