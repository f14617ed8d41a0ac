#include "paritas/chunk/chunk.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <optional>
#include <string>

#include "base/parallel.hpp"
#include "chunk/count_points.hpp"
#include "chunk/line_index.hpp"
#include "chunk/shown_number.hpp"

namespace paritas {
namespace {

constexpr std::array<std::string_view, 4> kKinds = {"text", "code", "table", "heading"};

}  // namespace

std::string_view name(ChunkKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }

Result<ChunkSizes> chunk_sizes(std::int64_t chunk_size, double overlap, bool may_equal) {
  const auto wrong = [](std::string message) { return Error{ErrorCode::invalid_argument, std::move(message)}; };
  if (chunk_size < 1) return wrong("chunk_size must be at least 1, not " + std::to_string(chunk_size));
  if (!(overlap >= 0)) return wrong("overlap must be at least 0, not " + shown(overlap));
  // A share of more than 2^53 would not be exact; sizes of texts are below it.
  const double size = static_cast<double>(std::min<std::int64_t>(chunk_size, std::int64_t{1} << 53));
  if (overlap > 0 && overlap < 1) overlap = std::floor(overlap * size);
  if (may_equal ? overlap > size : overlap >= size) {
    return wrong(std::string("overlap must be ") + (may_equal ? "at most" : "below") + " chunk_size, not " +
                 shown(overlap) + " of " + std::to_string(chunk_size));
  }
  if (std::trunc(overlap) != overlap) {
    return wrong("overlap must be a whole number, or a share of chunk_size between 0 and 1, not " + shown(overlap));
  }
  return ChunkSizes{static_cast<std::size_t>(chunk_size), static_cast<std::size_t>(overlap)};
}

void describe(std::string_view text, std::vector<Chunk>& chunks) {
  if (chunks.empty()) return;
  const LineIndex lines(text);
  std::vector<std::size_t> ends;  // of the last chunk of each level
  for (Chunk& chunk : chunks) {
    if (chunk.level >= ends.size()) ends.resize(chunk.level + 1, 0);
    std::size_t& end = ends[chunk.level];
    if (end > chunk.span.start) {
      const Span shared{chunk.span.start, std::min(end, chunk.span.end)};
      chunk.overlap_prev = count_points(shared.of(text)).code_points;
    }
    end = chunk.span.end;
    chunk.start_line = lines.line(chunk.span.start);
    chunk.end_line = lines.line(std::max(chunk.span.start + 1, chunk.span.end) - 1);
  }
}

Result<std::vector<Chunk>> Chunker::chunk(std::string_view text) const {
  Result<std::vector<Chunk>> result = cut(text);
  if (!result.ok()) return result;
  std::vector<Chunk> chunks = std::move(result).value();
  describe(text, chunks);
  return chunks;
}

Result<std::vector<std::vector<Chunk>>> Chunker::chunk_batch(std::span<const std::string_view> texts,
                                                             std::size_t threads) const {
  std::vector<std::vector<Chunk>> out(texts.size());
  std::vector<std::optional<Error>> errors(texts.size());
  if (sizer().unit == LengthUnit::counter) threads = 1;
  std::atomic<bool> failed = false;  // no need to go on: the first text that fails decides, whoever is first in time
  const auto run = [&](std::size_t i) {
    Result<std::vector<Chunk>> chunks = chunk(texts[i]);
    if (chunks.ok()) {
      out[i] = std::move(chunks).value();
    } else {
      errors[i] = chunks.error();
      failed = true;
    }
  };
  // Texts differ in length: each thread takes the next one that nobody has taken.
  std::atomic<std::size_t> next = 0;
  const std::size_t workers = std::min(parallel_ranges(threads), texts.size());
  parallel_for(workers, threads, [&](std::size_t begin, std::size_t end) {
    if (begin == end) return;
    for (std::size_t i = next++; i < texts.size(); i = next++) {
      run(i);
      if (workers == 1 && failed) return;
    }
  });
  if (failed) {
    for (std::optional<Error>& error : errors) {
      if (error) return *std::move(error);
    }
  }
  return out;
}

}  // namespace paritas
