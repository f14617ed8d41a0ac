#include "paritas/chunk/semantic.hpp"

#include <algorithm>
#include <utility>

#include "bindings.hpp"
#include "chunkers.hpp"
#include "floats.hpp"
#include "paritas/text/sentences.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

struct SemanticHandle {
  SemanticChunker chunker;
  py::object embed;  // None for no embedder
};

SemanticHandle create(const Whole& chunk_size, const py::object& embed, const Text& method, const Real& threshold,
                      const Whole& window, const Whole& min_sentences, const Whole& max_sentences,
                      const Length& length) {
  SemanticChunkerOptions options;
  options.chunk_size = chunk_size;
  options.method = method.view();
  options.threshold = threshold;
  options.window = window;
  options.min_sentences = min_sentences;
  options.max_sentences = max_sentences;
  return {unwrap(SemanticChunker::create(options, length)), embed};
}

py::object chunks_of(const SemanticHandle& self, py::handle source, std::string_view text, const Matrix& rows) {
  const auto chunks = unwrap_counted(unlocked([&] { return self.chunker.chunk(text, rows); }));
  return chunk_records(source, text, chunks, self.chunker.sizer().unit);
}

py::object chunk_batch(const SemanticHandle& self, const py::object& texts, const Whole& threads) {
  if (threads < 0) raise({ErrorCode::invalid_argument, "threads must be at least 0"});
  Texts views;
  views.read(texts);
  if (self.embed.is_none()) raise(SemanticChunker::no_embeddings());
  const std::span<const std::string_view> all = views;
  py::list said;
  std::vector<std::size_t> counts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::vector<Span> found = sentences(all[i]);
    const OffsetMap offsets(all[i]);
    for (const Span& span : found) {
      const Span points = offsets.codepoints(span);
      said.append(py::reinterpret_steal<py::object>(PyUnicode_Substring(
          views.item(i).ptr(), static_cast<Py_ssize_t>(points.start), static_cast<Py_ssize_t>(points.end))));
    }
    counts.push_back(found.size());
  }
  SentenceRows rows;
  for (std::size_t first = 0; first < said.size(); first += SemanticChunker::kBatch) {
    const std::size_t count = std::min(SemanticChunker::kBatch, said.size() - first);
    const py::object batch =
        said[py::slice(static_cast<py::ssize_t>(first), static_cast<py::ssize_t>(first + count), 1)];
    FloatMatrix found;
    found.read(self.embed(batch));
    unwrap(rows.add(found, count));
  }
  std::size_t i = 0, first = 0;
  return list_of(counts, [&](std::size_t count) {
    const std::size_t text = i++;
    const std::size_t from = std::exchange(first, first + count);
    return chunks_of(self, views.item(text), all[text], rows.rows(from, count));
  });
}

py::object chunk_of(const SemanticHandle& self, const Source& text, const py::object& embeddings) {
  if (embeddings.is_none()) {
    py::list one;
    one.append(text.object());
    Whole threads;
    return py::list(chunk_batch(self, one, threads))[0];
  }
  FloatMatrix rows;
  rows.read(embeddings);
  return chunks_of(self, text.object(), text, rows);
}

py::object sentences_of(const SemanticHandle&, const Text& text) {
  const OffsetMap offsets(text);
  return list_of(unlocked([&] { return sentences(text); }),
                 [&](const Span& span) { return span_record(span, offsets); });
}

}  // namespace

void bind_semantic(py::module_& m) {
  const SemanticChunkerOptions defaults;
  py::class_<SemanticHandle>(m, "SemanticChunker",
                             R"(Cuts between sentences where the meaning turns, by embeddings of the sentences.

The distance of a gap is 1 - cosine of the means of up to `window` rows before and after it. There is a break at a gap
with
  percentile: a distance above the nearest-rank percentile `threshold` of all distances
  stdev:      a distance above their mean by more than `threshold` standard deviations
  similarity: a cosine below `threshold`
  local_max:  a distance above both neighbours and above the mean by more than `threshold` standard deviations
Groups of fewer than min_sentences join the nearer neighbour; those of more than max_sentences (0: no limit) or over
chunk_size are split at their greatest inner distance, and a sentence over it is cut at words.

embed:  gives one row of numbers for each text of a list; it is given 256 sentences at most
length: "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
Errors: `invalid_argument` for a size below 1, an unknown method, a threshold without meaning for it, a window or
        min_sentences below 1, a max_sentences below min_sentences that is not 0)")
      .def(py::init(&create), py::arg("chunk_size") = defaults.chunk_size, py::kw_only(), py::arg("embed") = py::none(),
           py::arg("method") = defaults.method, py::arg("threshold") = defaults.threshold,
           py::arg("window") = defaults.window, py::arg("min_sentences") = defaults.min_sentences,
           py::arg("max_sentences") = defaults.max_sentences, py::arg("length") = "chars")
      .def("sentences", &sentences_of, py::arg("text"), "The sentences that need embeddings, as spans of the text.")
      .def("chunk", &chunk_of, py::arg("text"), py::arg("embeddings") = py::none(),
           R"(The chunks of a text in order; none of a blank one.

embeddings: one row for each of sentences(text); without them `embed` is asked
Errors:     `invalid_argument` without either, `length_mismatch` for another number of rows, `not_finite` with the row,
            `bad_counter`)")
      .def("__call__", &chunk_of, py::arg("text"), py::arg("embeddings") = py::none(), "The same as chunk().")
      .def("chunk_batch", &chunk_batch, py::arg("texts"), py::arg("threads") = 0,
           "chunk() of each text; `embed` is given the sentences of all of them, 256 at once.");
}

}  // namespace paritas::python
