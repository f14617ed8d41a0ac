#include "paritas/chunk/hierarchical.hpp"

#include <optional>
#include <string>
#include <utility>

#include "chunk/markdown_cutter.hpp"
#include "paritas/chunk/recursive.hpp"

namespace paritas {
namespace {

class HierarchicalChunker final : public Chunker {
 public:
  HierarchicalChunker(std::vector<ChunkSizes> sizes, std::vector<std::unique_ptr<Chunker>> recursive, Sizer sizer)
      : sizes_(std::move(sizes)), recursive_(std::move(recursive)), sizer_(std::move(sizer)) {}

  [[nodiscard]] Result<std::vector<Chunk>> cut(std::string_view text) const override {
    Meter meter(text, sizer_);
    MarkdownCutter markdown(meter, {});
    Work work{text, markdown.has_headings() ? &markdown : nullptr, {}, std::nullopt};
    level(work, {0, text.size()}, 0, Chunk::kNone);
    if (meter.error() != nullptr) return *meter.error();
    if (work.error) return *std::move(work.error);
    if (work.markdown != nullptr) markdown.label(work.chunks);
    return std::move(work.chunks);
  }
  [[nodiscard]] const Sizer& sizer() const noexcept override { return sizer_; }

 private:
  struct Work {
    std::string_view text;
    MarkdownCutter* markdown;  // none for a text without headings
    std::vector<Chunk> chunks;
    std::optional<Error> error;
  };

  void level(Work& work, Span range, std::size_t depth, std::size_t parent) const {
    std::vector<Chunk> parts;
    if (work.markdown != nullptr) {
      work.markdown->cut(range, sizes_[depth], parts);
    } else {
      Result<std::vector<Chunk>> found = recursive_[depth]->cut(range.of(work.text));
      if (!found.ok()) {
        work.error = found.error();
        return;
      }
      parts = std::move(found).value();
      for (Chunk& part : parts) part.span = {part.span.start + range.start, part.span.end + range.start};
    }
    for (Chunk& part : parts) {
      const std::size_t index = work.chunks.size();
      const Span span = part.span;
      part.level = depth;
      part.parent = parent;
      if (parent != Chunk::kNone) work.chunks[parent].children.push_back(index);
      work.chunks.push_back(std::move(part));
      if (depth + 1 < sizes_.size()) level(work, span, depth + 1, index);
      if (work.error) return;
    }
  }

  std::vector<ChunkSizes> sizes_;
  std::vector<std::unique_ptr<Chunker>> recursive_;
  Sizer sizer_;
};

Error wrong(std::string message) { return {ErrorCode::invalid_argument, std::move(message)}; }

}  // namespace

Result<std::unique_ptr<Chunker>> hierarchical_chunker(const HierarchicalChunkerOptions& options, Sizer sizer) {
  const std::size_t count = options.sizes.size();
  if (count == 0 || count > 16) return wrong("sizes must have from 1 to 16 levels, not " + std::to_string(count));
  if (options.overlaps.size() != count) {
    return wrong("overlaps must have one for each of the " + std::to_string(count) + " sizes, not " +
                 std::to_string(options.overlaps.size()));
  }
  std::vector<ChunkSizes> sizes;
  std::vector<std::unique_ptr<Chunker>> recursive;
  for (std::size_t i = 0; i < count; ++i) {
    const Result<ChunkSizes> size = chunk_sizes(options.sizes[i], options.overlaps[i]);
    if (!size.ok()) return size.error();
    if (i > 0 && options.sizes[i] >= options.sizes[i - 1]) {
      return wrong("sizes must fall from level to level, not from " + std::to_string(options.sizes[i - 1]) + " to " +
                   std::to_string(options.sizes[i]));
    }
    sizes.push_back(size.value());
    RecursiveChunkerOptions recursive_options;
    recursive_options.chunk_size = options.sizes[i];
    recursive_options.overlap = options.overlaps[i];
    Result<std::unique_ptr<Chunker>> chunker = recursive_chunker(std::move(recursive_options), sizer);
    if (!chunker.ok()) return chunker.error();
    recursive.push_back(std::move(chunker).value());
  }
  return std::unique_ptr<Chunker>(new HierarchicalChunker(std::move(sizes), std::move(recursive), std::move(sizer)));
}

}  // namespace paritas
