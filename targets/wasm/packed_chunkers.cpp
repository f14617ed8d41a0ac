#include "paritas/chunk/packed_chunkers.hpp"

#include "chunkers.hpp"

namespace paritas::wasm {
namespace {

template <class Options>
Reply defaults(std::string_view unit) {
  const Options options;
  Packer out;
  out.f64(static_cast<double>(options.chunk_size));
  out.f64(options.overlap);
  out.text(unit);
  out.u8(options.strip);
  return out.out();
}

template <class Options>
Reply create(Result<std::unique_ptr<Chunker>> (*make)(const Options&, Sizer), std::int32_t chunk_size, double overlap,
             std::string_view unit, bool strip) {
  Result<Sizer> sizer = sizer_of(unit);
  if (!sizer.ok()) return failure(sizer.error());
  Options options;
  options.chunk_size = chunk_size;
  options.overlap = overlap;
  options.strip = strip;
  return chunker_handle(make(options, std::move(sizer).value()));
}

}  // namespace

WASM(Reply, chunkSentenceDefaults)() {
  const SentenceChunkerOptions options;
  Packer out;
  out.f64(static_cast<double>(options.chunk_size));
  out.f64(options.overlap);
  out.text("chars");
  out.u8(options.strip);
  out.f64(static_cast<double>(options.min_sentences));
  out.u8(options.keep_paragraphs);
  return out.out();
}
WASM(Reply, chunkSentenceCreate)
(std::int32_t chunk_size, double overlap, std::uintptr_t unit, std::size_t bytes, bool strip,
 std::int32_t min_sentences, bool keep_paragraphs) {
  Result<Sizer> sizer = sizer_of(text(unit, bytes));
  if (!sizer.ok()) return failure(sizer.error());
  SentenceChunkerOptions options;
  options.chunk_size = chunk_size;
  options.overlap = overlap;
  options.min_sentences = min_sentences;
  options.keep_paragraphs = keep_paragraphs;
  options.strip = strip;
  return chunker_handle(sentence_chunker(options, std::move(sizer).value()));
}

WASM(Reply, chunkParagraphDefaults)() { return defaults<ParagraphChunkerOptions>("chars"); }
WASM(Reply, chunkTokenDefaults)() { return defaults<TokenChunkerOptions>("tokens"); }
WASM(Reply, chunkFixedDefaults)() { return defaults<FixedChunkerOptions>("chars"); }
WASM(Reply, chunkParagraphCreate)
(std::int32_t chunk_size, double overlap, std::uintptr_t unit, std::size_t bytes, bool strip) {
  return create(&paragraph_chunker, chunk_size, overlap, text(unit, bytes), strip);
}
WASM(Reply, chunkTokenCreate)
(std::int32_t chunk_size, double overlap, std::uintptr_t unit, std::size_t bytes, bool strip) {
  return create(&token_chunker, chunk_size, overlap, text(unit, bytes), strip);
}
WASM(Reply, chunkFixedCreate)
(std::int32_t chunk_size, double overlap, std::uintptr_t unit, std::size_t bytes, bool strip) {
  return create(&fixed_chunker, chunk_size, overlap, text(unit, bytes), strip);
}

}  // namespace paritas::wasm
