#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "paritas/chunk/chunk.hpp"

namespace paritas {

struct CodeChunkerOptions {
  std::int64_t chunk_size = 1344;
  double overlap = 0;  ///< or a share of chunk_size
  bool strip = true;
};

/// Top-level blocks of code, as many as fit; one over the size is cut at blank lines, lines, words.
///
/// A block begins at a line of least indentation outside of brackets, behind a blank line or one that closes brackets; comments and
/// decorators right above belong to it. Brackets in strings and comments do not count.
///
/// language: its name or the ending of its files: "python", "py", ".py"; nothing for any.
/// Errors:   `invalid_argument` for sizes without meaning and an unknown language.
Result<std::unique_ptr<Chunker>> code_chunker(std::optional<std::string_view> language,
                                              const CodeChunkerOptions& options, Sizer sizer);

}  // namespace paritas
