#include "paritas/chunk/markdown.hpp"

#include <utility>

#include "chunk/markdown_cutter.hpp"

namespace paritas {
namespace {

class MarkdownChunker final : public Chunker {
 public:
  MarkdownChunker(ChunkSizes sizes, const MarkdownRules& rules, bool contextual, Sizer sizer)
      : sizes_(sizes), rules_(rules), contextual_(contextual), sizer_(std::move(sizer)) {}

  [[nodiscard]] Result<std::vector<Chunk>> cut(std::string_view text) const override {
    std::vector<Chunk> chunks;
    Meter meter(text, sizer_);
    MarkdownCutter cutter(meter, rules_);
    if (!cutter.cut({0, text.size()}, sizes_, chunks)) return *meter.error();
    cutter.label(chunks);
    return chunks;
  }
  [[nodiscard]] const Sizer& sizer() const noexcept override { return sizer_; }
  [[nodiscard]] bool contextual() const noexcept override { return contextual_; }

 private:
  ChunkSizes sizes_;
  MarkdownRules rules_;
  bool contextual_;
  Sizer sizer_;
};

}  // namespace

Result<std::unique_ptr<Chunker>> markdown_chunker(const MarkdownChunkerOptions& options, Sizer sizer) {
  const Result<ChunkSizes> sizes = chunk_sizes(options.chunk_size, options.overlap);
  if (!sizes.ok()) return sizes.error();
  if (options.headings < 0 || options.headings > 6) {
    return Error{ErrorCode::invalid_argument, "headings must be from 0 to 6, not " + std::to_string(options.headings)};
  }
  const MarkdownRules rules{static_cast<std::size_t>(options.headings), options.keep_code, options.keep_tables,
                            options.strip};
  return std::unique_ptr<Chunker>(
      new MarkdownChunker(sizes.value(), rules, options.include_headings, std::move(sizer)));
}

std::vector<std::string> contextual_texts(std::string_view text, std::span<const Chunk> chunks) {
  std::vector<std::string> texts;
  texts.reserve(chunks.size());
  for (const Chunk& chunk : chunks) {
    std::string out;
    for (const std::string& title : chunk.headings) {
      if (!out.empty()) out += " > ";
      out += title;
    }
    if (!out.empty()) out += "\n\n";
    out += chunk.span.of(text);
    texts.push_back(std::move(out));
  }
  return texts;
}

}  // namespace paritas
