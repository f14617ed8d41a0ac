#include "paritas/chunk/semantic.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "chunk/semantic_groups.hpp"
#include "chunk/shown_number.hpp"
#include "paritas/chunk/pack.hpp"
#include "paritas/text/graphemes.hpp"
#include "paritas/text/sentences.hpp"

namespace paritas {
namespace {

constexpr std::array<std::string_view, 4> kMethods = {"percentile", "stdev", "similarity", "local_max"};

Error wrong(std::string message) { return {ErrorCode::invalid_argument, std::move(message)}; }

Error out_of(std::string_view name, std::string_view range, double value) {
  return wrong(std::string(name) + " must be " + std::string(range) + ", not " + shown(value));
}

/// Where each sentence starts, and the end of the text: what lies between sentences belongs to the one before.
std::vector<std::size_t> bounds_of(std::string_view text, const std::vector<Span>& found) {
  std::vector<std::size_t> bounds;
  bounds.reserve(found.size() + 1);
  for (const Span& sentence : found) {
    std::size_t start = bounds.empty() ? 0 : sentence.start;
    // A mark at the start stands on the space before it: they are not parted.
    while (start > 0 && !is_grapheme_edge(text, start)) {
      --start;
      while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
    }
    bounds.push_back(bounds.empty() ? start : std::max(start, bounds.back()));
  }
  bounds.push_back(text.size());
  return bounds;
}

}  // namespace

Result<SemanticChunker> SemanticChunker::create(const SemanticChunkerOptions& options, Sizer sizer) {
  const Result<ChunkSizes> sizes = chunk_sizes(options.chunk_size, 0);
  if (!sizes.ok()) return sizes.error();
  std::size_t method = 0;
  while (method < kMethods.size() && kMethods[method] != options.method) ++method;
  const double threshold = options.threshold;
  switch (method) {
    case 0:
      if (!(threshold >= 0 && threshold <= 100)) return out_of("threshold of percentile", "from 0 to 100", threshold);
      break;
    case 2:
      if (!(threshold >= -1 && threshold <= 1)) return out_of("threshold of similarity", "from -1 to 1", threshold);
      break;
    case 1:
    case 3:
      if (!(threshold >= 0 && threshold <= 1e9)) {
        return out_of("threshold of " + options.method, "from 0 to 1e9 deviations", threshold);
      }
      break;
    default:
      return wrong("method must be percentile, stdev, similarity or local_max, not " + options.method);
  }
  const auto least = [](std::string_view name, std::int64_t value, std::int64_t from) {
    return wrong(std::string(name) + " must be at least " + std::to_string(from) + ", not " + std::to_string(value));
  };
  if (options.window < 1) return least("window", options.window, 1);
  if (options.min_sentences < 1) return least("min_sentences", options.min_sentences, 1);
  if (options.max_sentences < 0) return least("max_sentences", options.max_sentences, 0);
  if (options.max_sentences > 0 && options.max_sentences < options.min_sentences) {
    return wrong("max_sentences must be 0 or at least min_sentences, not " + std::to_string(options.max_sentences) +
                 " of " + std::to_string(options.min_sentences));
  }
  SemanticChunker chunker;
  chunker.options_ = options;
  chunker.sizer_ = std::move(sizer);
  return chunker;
}

Error SemanticChunker::no_embeddings() { return wrong("give embeddings, or a function as embed"); }

Result<bool> SentenceRows::check(std::size_t rows, std::size_t dim, std::size_t sentences, std::size_t before) {
  const auto mismatch = [](std::string message) { return Error{ErrorCode::length_mismatch, std::move(message)}; };
  if (rows != sentences) {
    return mismatch("embed must give one row for each of the " + std::to_string(sentences) + " sentences, not " +
                    std::to_string(rows));
  }
  if (before > 0 && dim != before) {
    return mismatch("embed must give rows of " + std::to_string(before) + " values as before, not " +
                    std::to_string(dim));
  }
  return true;
}

Result<bool> SentenceRows::add(const Matrix& batch, std::size_t sentences) {
  Result<bool> fits = check(batch.rows, batch.dim, sentences, rows_ > 0 ? dim_ : 0);
  if (!fits.ok()) return fits;
  dim_ = batch.dim;
  rows_ += batch.rows;
  values_.insert(values_.end(), batch.data, batch.data + batch.rows * batch.dim);
  return true;
}

Result<std::vector<Chunk>> SemanticChunker::chunk(std::string_view text, const Matrix& embeddings) const {
  const std::vector<Span> found = sentences(text);
  if (embeddings.rows != found.size()) {
    return Error{ErrorCode::length_mismatch, "embeddings must have one row for each of the " +
                                                 std::to_string(found.size()) + " sentences, not " +
                                                 std::to_string(embeddings.rows)};
  }
  SemanticRules rules;
  for (std::size_t i = 0; i < kMethods.size(); ++i) {
    if (kMethods[i] == options_.method) rules.method = static_cast<BreakMethod>(i);
  }
  rules.threshold = options_.threshold;
  rules.window = static_cast<std::size_t>(options_.window);
  rules.min_sentences = static_cast<std::size_t>(options_.min_sentences);
  rules.max_sentences = static_cast<std::size_t>(options_.max_sentences);
  const Result<std::vector<float>> distances = gap_distances(embeddings, rules.window);
  if (!distances.ok()) return distances.error();
  std::vector<Chunk> chunks;
  if (found.empty()) return chunks;

  const std::vector<std::size_t> bounds = bounds_of(text, found);
  PackOptions packing;
  packing.chunk_size = static_cast<std::size_t>(options_.chunk_size);
  Meter meter(text, sizer_);
  const auto fits = [&](std::size_t first, std::size_t last) {
    return meter.length(trimmed(text, {bounds[first], bounds[last + 1]})) <= packing.chunk_size;
  };
  for (const Span& group : semantic_groups(distances.value(), rules, fits)) {
    const Span span{bounds[group.start], bounds[group.end]};
    if (meter.error() != nullptr) return *meter.error();
    if (span.size() == 0) continue;
    if (!pack(meter, span, {{span.start, Level::sentence, Level::section, false, 0}}, packing, chunks))
      return *meter.error();
  }
  if (meter.error() != nullptr) return *meter.error();
  describe(text, chunks);
  return chunks;
}

}  // namespace paritas
