#include "paritas/chunk/semantic.hpp"

#include "chunkers.hpp"
#include "floats.hpp"
#include "packed.hpp"

namespace paritas::wasm {

WASM(Reply, chunkSemanticDefaults)() {
  const SemanticChunkerOptions options;
  Packer out;
  out.f64(static_cast<double>(options.chunk_size));
  out.text(options.method);
  out.f64(options.threshold);
  out.f64(static_cast<double>(options.window));
  out.f64(static_cast<double>(options.min_sentences));
  out.f64(static_cast<double>(options.max_sentences));
  out.u32(SemanticChunker::kBatch);
  return out.out();
}

WASM(Reply, chunkSemanticCreate)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  SemanticChunkerOptions options;
  options.chunk_size = in.number<std::int64_t>();
  options.threshold = in.number<double>();
  options.window = in.number<std::int64_t>();
  options.min_sentences = in.number<std::int64_t>();
  options.max_sentences = in.number<std::int64_t>();
  options.method = in.text();
  Result<Sizer> sizer = sizer_of(in.text());
  if (!sizer.ok()) return failure(sizer.error());
  return outcome(SemanticChunker::create(options, std::move(sizer).value()), handle);
}
WASM(void, chunkSemanticDelete)(SemanticChunker* self) { delete self; }
WASM(bool, chunkSemanticTokens)(const SemanticChunker& self) { return self.sizer().unit == LengthUnit::tokens; }

WASM(Reply, chunkSemanticChunk)
(const SemanticChunker& self, std::uintptr_t at, std::size_t bytes, std::uintptr_t rows, std::size_t count,
 std::size_t dim) {
  const std::string_view words = text(at, bytes);
  return outcome(self.chunk(words, matrix(rows, count, dim)), [&](const std::vector<Chunk>& chunks) {
    Packer out;
    pack(out, words, chunks);
    return out.out();
  });
}

// What is wrong with a call without rows, or with the rows of an embedder.
WASM(Reply, chunkSemanticMissing)() { return failure(SemanticChunker::no_embeddings()); }
WASM(Reply, chunkSemanticBatch)(std::size_t rows, std::size_t dim, std::size_t sentences, std::size_t before) {
  return outcome(SentenceRows::check(rows, dim, sentences, before), [](bool) { return Packer().out(); });
}

}  // namespace paritas::wasm
