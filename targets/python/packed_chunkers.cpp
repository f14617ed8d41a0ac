#include "paritas/chunk/packed_chunkers.hpp"

#include "bindings.hpp"
#include "chunkers.hpp"

namespace paritas::python {
namespace {

struct SentenceHandle : ChunkerHandle {};
struct ParagraphHandle : ChunkerHandle {};
struct TokenHandle : ChunkerHandle {};
struct FixedHandle : ChunkerHandle {};

template <class Handle, class Options>
void bind(py::module_& m, const char* name, Result<std::unique_ptr<Chunker>> (*make)(const Options&, Sizer),
          const char* unit, const char* says) {
  const Options defaults;
  py::class_<Handle, ChunkerHandle>(m, name, says)
      .def(py::init([make](const Whole& chunk_size, const Real& overlap, const Length& length, const Flag& strip) {
             Options options;
             options.chunk_size = chunk_size;
             options.overlap = overlap;
             options.strip = strip;
             return chunker_handle<Handle>(make(options, length));
           }),
           py::arg("chunk_size") = defaults.chunk_size,
           py::arg("overlap") = static_cast<std::int64_t>(defaults.overlap), py::arg("length") = unit, py::kw_only(),
           py::arg("strip") = defaults.strip);
}

}  // namespace

void bind_packed_chunkers(py::module_& m) {
  const SentenceChunkerOptions defaults;
  py::class_<SentenceHandle, ChunkerHandle>(m, "SentenceChunker", R"(Whole sentences, as many as fit; none is dropped.

A sentence over the size is cut at words.

chunk_size:      at least 1, in the unit of `length`
overlap:         from 0 to below chunk_size, or a share of it in (0, 1): whole sentences of the last chunk
length:          "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
min_sentences:   a chunk stops at a blank line only when it has so many
keep_paragraphs: a chunk that is at least half full stops at a blank line
Errors:          `invalid_argument`)")
      .def(py::init([](const Whole& chunk_size, const Real& overlap, const Length& length, const Whole& min_sentences,
                       const Flag& keep_paragraphs, const Flag& strip) {
             SentenceChunkerOptions options;
             options.chunk_size = chunk_size;
             options.overlap = overlap;
             options.min_sentences = min_sentences;
             options.keep_paragraphs = keep_paragraphs;
             options.strip = strip;
             return chunker_handle<SentenceHandle>(sentence_chunker(options, length));
           }),
           py::arg("chunk_size") = defaults.chunk_size,
           py::arg("overlap") = static_cast<std::int64_t>(defaults.overlap), py::arg("length") = "chars",
           py::arg("min_sentences") = defaults.min_sentences, py::kw_only(),
           py::arg("keep_paragraphs") = defaults.keep_paragraphs, py::arg("strip") = defaults.strip);
  bind<ParagraphHandle>(
      m, "ParagraphChunker", &paragraph_chunker, "chars",
      R"(Whole blocks between blank lines, as many as fit; one over the size is cut at lines, sentences, words.

Arguments and errors are those of SentenceChunker.)");
  bind<TokenHandle>(
      m, "TokenChunker", &token_chunker, "tokens",
      R"(Whole words with the white space before them, as many as fit; a word over the size is cut at grapheme clusters.

length: "tokens" counts as count_tokens does; your tokenizer is a function of a str
Other arguments and errors are those of SentenceChunker.)");
  bind<FixedHandle>(m, "FixedChunker", &fixed_chunker, "chars", R"(Grapheme clusters, as many as fit.

Arguments and errors are those of SentenceChunker.)");
}

}  // namespace paritas::python
