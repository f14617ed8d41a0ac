#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/chunk/chunk.hpp"

namespace paritas {

/// Where a separator that pieces were cut at belongs.
enum class KeepSeparator : std::uint8_t { no, start, end };

/// "start" or "end". Errors: `invalid_argument` for another name.
Result<KeepSeparator> keep_separator_named(std::string_view name);

/// Whether a piece that no separator cuts stays whole: "split" or "keep". Errors: `invalid_argument` for another name.
Result<bool> keep_oversize_named(std::string_view name);

/// The separators of markdown, html, latex, python, js, ts, java, c, cpp, csharp, go, rust, php, ruby, swift, kotlin, scala, sql.
/// Errors: `invalid_argument` for another language.
Result<std::vector<std::string>> language_separators(std::string_view language);

struct RecursiveChunkerOptions {
  std::int64_t chunk_size = 4000;
  double overlap = 200;  ///< at most chunk_size, or a share of it
  /// The first one that a text has is taken; an empty one cuts into grapheme clusters.
  std::vector<std::string> separators = {"\n\n", "\n", " ", ""};
  KeepSeparator keep_separator = KeepSeparator::start;
  bool strip = true;
  bool keep_oversize = false;  ///< give a piece that no separator cuts whole, however long it is
  bool keep_nested = false;    ///< as LangChain: give also a chunk that lies within the next one
  bool regex = false;          ///< separators are regular expressions of the subset of PatternRegistry
};

/// Cuts at the coarsest separator first and joins pieces up to the size, as LangChain's RecursiveCharacterTextSplitter does.
///
/// 1. The first separator that occurs in the text cuts it; with `start` it opens the next piece, with `end` it closes the one
///    before. Those behind it are left for the pieces.
/// 2. A piece below the size joins the run; another one ends the run and is cut by the separators that are left, or, where none
///    is, at words, grapheme clusters, code points.
/// 3. The run is merged from left to right: a piece that would make it longer than the size ends the chunk, and pieces at its
///    front go until at most the overlap is left and the next one fits. Lengths of pieces are added.
/// A chunk is the slice from its first piece to its last; when this slice is over the size all the same, its pieces are packed.
///
/// Errors: `invalid_argument` for sizes without meaning and for no separators; of regular expressions those of PatternRegistry,
///         among them `regex_unavailable` in WebAssembly until they are loaded.
/// Source: langchain_text_splitters.character (MIT), whose pieces these are for the options that both have.
Result<std::unique_ptr<Chunker>> recursive_chunker(RecursiveChunkerOptions options, Sizer sizer);

}  // namespace paritas
