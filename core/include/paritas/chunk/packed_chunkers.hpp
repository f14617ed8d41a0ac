#pragma once
#include <cstdint>
#include <memory>

#include "paritas/chunk/chunk.hpp"

namespace paritas {

struct SentenceChunkerOptions {
  std::int64_t chunk_size = 1344;
  double overlap = 0;  ///< or a share of chunk_size
  std::int64_t min_sentences = 1;
  bool keep_paragraphs = true;
  bool strip = true;
};

/// Whole sentences, as many as fit; none is dropped, however short. A sentence over the size is cut at words.
///
/// min_sentences:   a chunk stops at a blank line only when it has so many
/// keep_paragraphs: a chunk that is at least half full stops at a blank line
/// Errors: `invalid_argument` for sizes without meaning.
Result<std::unique_ptr<Chunker>> sentence_chunker(const SentenceChunkerOptions& options, Sizer sizer);

struct ParagraphChunkerOptions {
  std::int64_t chunk_size = 1000;
  double overlap = 100;
  bool strip = true;
};

/// Whole blocks between blank lines, as many as fit; one over the size is cut at lines, sentences, words.
Result<std::unique_ptr<Chunker>> paragraph_chunker(const ParagraphChunkerOptions& options, Sizer sizer);

struct TokenChunkerOptions {
  std::int64_t chunk_size = 512;
  double overlap = 0;
  bool strip = true;
};

/// Whole words with the white space before them, as many as fit; a word over the size is cut at grapheme clusters. Its sizer is
/// LengthUnit::tokens as a rule, or the caller's tokenizer.
Result<std::unique_ptr<Chunker>> token_chunker(const TokenChunkerOptions& options, Sizer sizer);

struct FixedChunkerOptions {
  std::int64_t chunk_size = 1000;
  double overlap = 0;
  bool strip = true;
};

/// Grapheme clusters, as many as fit.
Result<std::unique_ptr<Chunker>> fixed_chunker(const FixedChunkerOptions& options, Sizer sizer);

}  // namespace paritas
