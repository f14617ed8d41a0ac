#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/chunk/chunk.hpp"

namespace paritas {

struct MarkdownChunkerOptions {
  std::int64_t chunk_size = 1344;
  double overlap = 0;  ///< or a share of chunk_size
  std::int64_t headings = 6;
  bool include_headings = false;
  bool keep_code = true;
  bool keep_tables = true;
  bool strip = true;
};

/// Sections of Markdown, as many whole ones as fit; one over the size is cut between its blocks.
///
/// A section is a heading and what follows up to the next heading of its level or a higher one. Sections share a chunk only when
/// all of them are whole and stand under one heading. Blocks are headings, fences, indented code, tables, list items, quotes,
/// front matter, HTML and paragraphs; one over the size is cut at lines, sentences, words, code at blank lines before its least
/// indentation and at lines, a table between rows. A heading goes with the first text of its section, as long as one word of it
/// fits.
///
/// headings:    0 to 6: the levels that make sections
/// include_headings: the chunks are asked for with contextual_text
/// keep_code:   code that fits into a chunk is never cut, though its heading may then stand alone; keep_tables likewise
/// Errors:      `invalid_argument` for sizes without meaning and headings out of range.
/// Chunk.kind:  code or table when the chunk has nothing else but headings; heading when it has only these.
/// Chunk.headings: titles of the headings above its start, without markup, cut after 256 code points.
Result<std::unique_ptr<Chunker>> markdown_chunker(const MarkdownChunkerOptions& options, Sizer sizer);

/// For each chunk its text below the titles it stands under, joined with " > " and a blank line between; the text alone without any.
std::vector<std::string> contextual_texts(std::string_view text, std::span<const Chunk> chunks);

}  // namespace paritas
