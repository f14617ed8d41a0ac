#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "chunk/markdown_blocks.hpp"
#include "paritas/chunk/chunk.hpp"
#include "paritas/chunk/pack.hpp"

namespace paritas {

struct MarkdownRules {
  std::size_t headings = 6;  ///< levels that make sections
  bool keep_code = true;
  bool keep_tables = true;
  bool strip = true;
};

/// Cuts the sections and blocks of one Markdown text, or of parts of it.
class MarkdownCutter final : public Refiner {
 public:
  MarkdownCutter(Meter& meter, const MarkdownRules& rules);

  [[nodiscard]] bool has_headings() const noexcept;
  /// Appends the chunks of a part of the text, but for their kinds and headings.
  /// Returns: false for a counter that failed.
  bool cut(Span range, ChunkSizes sizes, std::vector<Chunk>& chunks);
  /// Fills kinds and headings.
  void label(std::vector<Chunk>& chunks);

  void refine(std::string_view text, const Unit& unit, Span span, std::vector<Unit>& units) const override;

 private:
  struct Section {
    std::size_t first, end;  // blocks
    std::size_t next;        // the section behind it and all it holds
    std::size_t level;
  };
  [[nodiscard]] std::size_t start_of(std::size_t block) const;
  [[nodiscard]] bool fits(Span span) const;
  void find_sections();
  bool section(std::size_t number, std::size_t start);
  std::size_t siblings(std::size_t child, std::size_t end, std::size_t start);
  bool put(Span span, std::size_t block);
  bool body(Span span, std::size_t block, std::size_t end);
  [[nodiscard]] bool stays_whole(std::size_t block) const;
  [[nodiscard]] std::vector<Unit> pieces(std::size_t block, Span content, Level level) const;
  void glued(const Unit& unit, Span span, std::size_t content, std::vector<Unit>& units) const;
  [[nodiscard]] std::size_t block_at(std::size_t offset) const;
  [[nodiscard]] ChunkKind kind_of(const Chunk& chunk) const;
  [[nodiscard]] const std::string& title(std::size_t heading);

  Meter& meter_;
  std::string_view text_;
  MarkdownRules rules_;
  std::vector<Block> blocks_;
  std::vector<std::size_t> heading_, up_;  // of each block: the heading it is or stands under, and the one above that
  std::vector<std::string> titles_;
  std::vector<bool> titled_;
  std::vector<Section> sections_;  // of the part that is cut, each before those it holds
  Span range_;
  std::size_t first_ = 0, last_ = 0;  // its blocks
  PackOptions options_;
  std::vector<Chunk>* chunks_ = nullptr;
};

}  // namespace paritas
