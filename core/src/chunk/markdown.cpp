#include "paritas/chunk/markdown.hpp"

#include <utility>

#include "chunk/markdown_cutter.hpp"

namespace paritas {
namespace {

class MarkdownChunker final : public Chunker {
 public:
  MarkdownChunker(ChunkSizes sizes, const MarkdownRules& rules, Sizer sizer)
      : sizes_(sizes), rules_(rules), sizer_(std::move(sizer)) {}

  [[nodiscard]] Result<std::vector<Chunk>> cut(std::string_view text) const override {
    std::vector<Chunk> chunks;
    Meter meter(text, sizer_);
    MarkdownCutter cutter(meter, rules_);
    if (!cutter.cut({0, text.size()}, sizes_, chunks)) return *meter.error();
    cutter.label(chunks);
    return chunks;
  }
  [[nodiscard]] const Sizer& sizer() const noexcept override { return sizer_; }

 private:
  ChunkSizes sizes_;
  MarkdownRules rules_;
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
  return std::unique_ptr<Chunker>(new MarkdownChunker(sizes.value(), rules, std::move(sizer)));
}

std::string contextual_text(std::string_view text, const Chunk& chunk) {
  std::string out;
  for (const std::string& title : chunk.headings) {
    if (!out.empty()) out += " > ";
    out += title;
  }
  if (!out.empty()) out += "\n\n";
  out += chunk.span.of(text);
  return out;
}

}  // namespace paritas
