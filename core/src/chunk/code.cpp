#include "paritas/chunk/code.hpp"

#include <algorithm>
#include <utility>

#include "chunk/code_blocks.hpp"
#include "paritas/chunk/pack.hpp"

namespace paritas {
namespace {

/// Cuts at what begins on the lines of one text.
class CodeCutter final : public Refiner {
 public:
  CodeCutter(std::string_view text, const Language& language) : lines_(code_cuts(text, language)) {}

  [[nodiscard]] std::vector<Unit> blocks(Span range) const {
    std::vector<Unit> units;
    put(range, CodeCut::block, Level::section, units);
    return units;
  }

  void refine(std::string_view, const Unit& unit, Span span, std::vector<Unit>& units) const override {
    if (unit.level == Level::section) put(span, CodeCut::paragraph, Level::paragraph, units);
    if (units.size() > 1 || unit.level > Level::paragraph) return;
    units.clear();
    // Behind lines come words: code has no sentences.
    put(span, CodeCut::line, Level::sentence, units);
  }

 private:
  /// The parts of a span that begin with that much.
  void put(Span span, CodeCut least, Level level, std::vector<Unit>& units) const {
    units.push_back({span.start, level, level, false, 0});
    auto line = std::upper_bound(lines_.begin(), lines_.end(), span.start,
                                 [](std::size_t start, const CodeLine& other) { return start < other.start; });
    for (; line != lines_.end() && line->start < span.end; ++line) {
      if (line->cut >= least) units.push_back({line->start, level, begins(line->cut), false, 0});
    }
  }
  static Level begins(CodeCut cut) {
    return cut == CodeCut::block ? Level::section : cut == CodeCut::paragraph ? Level::paragraph : Level::line;
  }

  std::vector<CodeLine> lines_;
};

class CodeChunker final : public Chunker {
 public:
  CodeChunker(const Language& language, ChunkSizes sizes, bool strip, Sizer sizer)
      : language_(language), sizer_(std::move(sizer)) {
    options_.chunk_size = sizes.chunk_size;
    options_.overlap = sizes.overlap;
    options_.strip = strip;
  }

  [[nodiscard]] Result<std::vector<Chunk>> cut(std::string_view text) const override {
    std::vector<Chunk> chunks;
    if (text.empty()) return chunks;
    const CodeCutter cutter(text, language_);
    PackOptions options = options_;
    options.refiner = &cutter;
    const Span range{0, text.size()};
    Meter meter(text, sizer_);
    if (!pack(meter, range, cutter.blocks(range), options, chunks)) return *meter.error();
    for (Chunk& chunk : chunks) chunk.kind = ChunkKind::code;
    return chunks;
  }
  [[nodiscard]] const Sizer& sizer() const noexcept override { return sizer_; }

 private:
  const Language& language_;
  PackOptions options_;
  Sizer sizer_;
};

}  // namespace

Result<std::unique_ptr<Chunker>> code_chunker(std::optional<std::string_view> language,
                                              const CodeChunkerOptions& options, Sizer sizer) {
  const Result<ChunkSizes> sizes = chunk_sizes(options.chunk_size, options.overlap);
  if (!sizes.ok()) return sizes.error();
  const Language* known = &general_language();
  if (language) {
    const Result<const Language*> found = language_of(*language);
    if (!found.ok()) return found.error();
    known = found.value();
  }
  return std::unique_ptr<Chunker>(new CodeChunker(*known, sizes.value(), options.strip, std::move(sizer)));
}

}  // namespace paritas
