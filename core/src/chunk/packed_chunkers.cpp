#include "paritas/chunk/packed_chunkers.hpp"

#include <string>
#include <utility>

#include "paritas/chunk/pack.hpp"

namespace paritas {
namespace {

/// Packs the units of one level.
class PackedChunker final : public Chunker {
 public:
  PackedChunker(Level level, const PackOptions& options, Sizer sizer)
      : level_(level), options_(options), sizer_(std::move(sizer)) {}

  [[nodiscard]] Result<std::vector<Chunk>> cut(std::string_view text) const override {
    std::vector<Chunk> chunks;
    Meter meter(text, sizer_);
    if (!pack_level(meter, {0, text.size()}, level_, options_, chunks)) return *meter.error();
    return chunks;
  }
  [[nodiscard]] const Sizer& sizer() const noexcept override { return sizer_; }

 private:
  Level level_;
  PackOptions options_;
  Sizer sizer_;
};

Result<std::unique_ptr<Chunker>> packed(Level level, const Result<ChunkSizes>& sizes, PackOptions options,
                                        Sizer sizer) {
  if (!sizes.ok()) return sizes.error();
  options.chunk_size = sizes.value().chunk_size;
  options.overlap = sizes.value().overlap;
  return std::unique_ptr<Chunker>(new PackedChunker(level, options, std::move(sizer)));
}

PackOptions stripped(bool strip) {
  PackOptions options;
  options.strip = strip;
  return options;
}

}  // namespace

Result<std::unique_ptr<Chunker>> sentence_chunker(const SentenceChunkerOptions& options, Sizer sizer) {
  const Result<ChunkSizes> sizes = chunk_sizes(options.chunk_size, options.overlap);
  if (sizes.ok() && options.min_sentences < 1) {
    return Error{ErrorCode::invalid_argument,
                 "min_sentences must be at least 1, not " + std::to_string(options.min_sentences)};
  }
  PackOptions packing = stripped(options.strip);
  packing.keep_paragraphs = options.keep_paragraphs;
  packing.min_units = static_cast<std::size_t>(options.min_sentences);
  return packed(Level::sentence, sizes, packing, std::move(sizer));
}

Result<std::unique_ptr<Chunker>> paragraph_chunker(const ParagraphChunkerOptions& options, Sizer sizer) {
  return packed(Level::paragraph, chunk_sizes(options.chunk_size, options.overlap), stripped(options.strip),
                std::move(sizer));
}

Result<std::unique_ptr<Chunker>> token_chunker(const TokenChunkerOptions& options, Sizer sizer) {
  return packed(Level::word, chunk_sizes(options.chunk_size, options.overlap), stripped(options.strip),
                std::move(sizer));
}

Result<std::unique_ptr<Chunker>> fixed_chunker(const FixedChunkerOptions& options, Sizer sizer) {
  return packed(Level::grapheme, chunk_sizes(options.chunk_size, options.overlap), stripped(options.strip),
                std::move(sizer));
}

}  // namespace paritas
