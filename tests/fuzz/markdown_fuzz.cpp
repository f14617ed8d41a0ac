// Any bytes through the chunkers of Markdown, code, levels, meaning and lines: the four invariants, children within parents.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "paritas/chunk/code.hpp"
#include "paritas/chunk/hierarchical.hpp"
#include "paritas/chunk/line_chunks.hpp"
#include "paritas/chunk/markdown.hpp"
#include "paritas/chunk/pack.hpp"
#include "paritas/chunk/semantic.hpp"
#include "paritas/text/sentences.hpp"

namespace {

using paritas::Chunk;
using paritas::Span;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

bool blank(std::string_view text, Span span) { return span.start >= span.end || trimmed(text, span).size() == 0; }

/// The chunks of one level within a span: ascending, within the size, nothing lost.
void check(std::string_view text, Span within, const std::vector<Chunk>& chunks, std::size_t size) {
  std::size_t end = within.start;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const Chunk& chunk = chunks[i];
    require(chunk.span.start >= within.start && chunk.span.start < chunk.span.end && chunk.span.end <= within.end);
    require(chunk.length <= size || chunk.span.size() <= 4);
    if (i > 0) require(chunk.span.start > chunks[i - 1].span.start && chunk.span.end > chunks[i - 1].span.end);
    require(blank(text, {end, chunk.span.start}));
    if (chunk.span.end > end) end = chunk.span.end;
  }
  require(blank(text, {end, within.end}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 3), size - 3);
  const Span all{0, text.size()};
  const std::int64_t most = 1 + data[0];
  const auto limit = static_cast<std::size_t>(most);
  const auto overlap = static_cast<double>(data[1] % most);
  const bool strip = (data[2] & 1) != 0;

  paritas::MarkdownChunkerOptions markdown;
  markdown.chunk_size = most;
  markdown.overlap = overlap;
  markdown.headings = data[2] % 7;
  markdown.keep_code = (data[2] & 2) != 0;
  markdown.strip = strip;
  check(text, all, paritas::markdown_chunker(markdown, {}).value()->chunk(text).value(), limit);

  constexpr const char* kLanguages[] = {"py",  "js", "c",     "cpp", "c#",   "go", "rs",
                                        "php", "rb", "swift", "sql", "html", "sh", "lua"};
  const paritas::CodeChunkerOptions code{most, overlap, strip};
  check(text, all, paritas::code_chunker(kLanguages[data[2] % 14], code, {}).value()->chunk(text).value(), limit);

  check(text, all, paritas::chunk_with_overlap(text, {most, overlap}).value(), limit);

  const auto levels = paritas::hierarchical_chunker({{2 * most, most}, {overlap, 0}}, {}).value()->chunk(text);
  std::vector<Chunk> top;
  for (std::size_t i = 0; i < levels.value().size(); ++i) {
    const Chunk& chunk = levels.value()[i];
    if (chunk.level == 0) top.push_back(chunk);
    std::vector<Chunk> children;
    for (const std::size_t child : chunk.children) {
      require(child > i && levels.value()[child].parent == i);
      children.push_back(levels.value()[child]);
    }
    if (chunk.level == 0) check(text, chunk.span, children, limit);
  }
  check(text, all, top, 2 * limit);

  const std::size_t rows = paritas::sentences(text).size();
  std::vector<float> values;
  for (std::size_t i = 0; i < 2 * rows; ++i) values.push_back(static_cast<float>(data[i % size]) - 100.0F);
  paritas::SemanticChunkerOptions meaning;
  meaning.chunk_size = most;
  meaning.threshold = data[1] % 101;
  meaning.window = 1 + (data[2] & 3);
  meaning.min_sentences = 1 + (data[2] >> 6);
  const auto chunker = paritas::SemanticChunker::create(meaning, {});
  check(text, all, chunker.value().chunk(text, {values.data(), rows, 2}).value(), limit);
  return 0;
}
