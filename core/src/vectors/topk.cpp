#include "paritas/vectors/topk.hpp"

#include <algorithm>
#include <string>

#include "best.hpp"
#include "paritas/vectors/normalize.hpp"
#include "plan.hpp"
#include "scores.hpp"

namespace paritas {
namespace {

struct Search {
  const Matrix& queries;
  const Matrix& corpus;
  const std::vector<std::uint32_t>* filter;
  Score score;
  bool negate;
  std::optional<double> threshold;
  std::vector<const float*> vectors;
  std::vector<float> squares;

  [[nodiscard]] std::size_t candidates() const { return filter != nullptr ? filter->size() : corpus.rows; }
  [[nodiscard]] std::uint32_t row(std::size_t candidate) const {
    return filter != nullptr ? (*filter)[candidate] : static_cast<std::uint32_t>(candidate);
  }

  void offer(const float* scores, std::size_t first, std::size_t count, Best& best) const {
    for (std::size_t j = 0; j < count; ++j) {
      const float value = negate ? one_nan(0.0F - scores[j]) : scores[j];  // never -0
      if (best.beyond(value)) continue;
      if (threshold && !(static_cast<double>(value) >= *threshold)) continue;
      best.offer(key_of(value, row(first + j)));
    }
  }

  // All queries against a range of candidates, block by block, so that a row is read from memory once.
  void run(std::size_t begin, std::size_t end, std::vector<Best>& best) const {
    constexpr std::size_t kHeight = 8;
    const float* rows[kBlock];
    float row_squares[kBlock] = {}, scores[kHeight * kBlock];
    const bool squares_needed = score == Score::cosine && vectors.size() > 1;
    for (std::size_t i = begin; i < end; i += kBlock) {
      const std::size_t count = std::min(kBlock, end - i);
      for (std::size_t j = 0; j < count; ++j) rows[j] = corpus.row(row(i + j));
      if (vectors.size() == 1) {
        score_rows(score, vectors[0], squares[0], rows, count, corpus.dim, scores);
        offer(scores, i, count, best[0]);
        continue;
      }
      for (std::size_t j = 0; squares_needed && j < count; ++j) row_squares[j] = square_of(rows[j], corpus.dim);
      for (std::size_t q = 0; q < vectors.size(); q += kHeight) {
        const std::size_t height = std::min(kHeight, vectors.size() - q);
        score_tile(score, vectors.data() + q, squares.data() + q, height, rows, row_squares, count, corpus.dim, scores,
                   kBlock);
        for (std::size_t h = 0; h < height; ++h) offer(scores + h * kBlock, i, count, best[q + h]);
      }
    }
  }
};

Result<bool> refused(const Matrix& queries, const Matrix& corpus, const TopKOptions& options) {
  if (options.k < 0) return Error{ErrorCode::invalid_argument, "k must be at least 0"};
  if (options.threshold && *options.threshold != *options.threshold) {
    return Error{ErrorCode::invalid_argument, "threshold must not be NaN"};
  }
  if (static_cast<std::uint64_t>(corpus.rows) > 0xffff'ffffU) {
    return Error{ErrorCode::limit_exceeded, "a corpus may have at most 4294967295 rows"};
  }
  return same_dimension(queries, corpus);
}

}  // namespace

Result<RowFilter> RowFilter::of_ids(std::span<const std::int64_t> ids, std::size_t rows) {
  RowFilter out;
  out.rows_.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] < 0 || static_cast<std::uint64_t>(ids[i]) >= rows) {
      return Error{ErrorCode::out_of_range, "filter_ids must be rows of the corpus, 0 or more and below their number",
                   i};
    }
    out.rows_.push_back(static_cast<std::uint32_t>(ids[i]));
  }
  std::sort(out.rows_.begin(), out.rows_.end());
  out.rows_.erase(std::unique(out.rows_.begin(), out.rows_.end()), out.rows_.end());
  return out;
}

Result<RowFilter> RowFilter::of_mask(std::span<const std::uint8_t> mask, std::size_t rows) {
  if (mask.size() != rows) {
    return Error{ErrorCode::length_mismatch,
                 "a mask of " + std::to_string(rows) + " items is needed, not of " + std::to_string(mask.size())};
  }
  RowFilter out;
  for (std::size_t i = 0; i < rows; ++i) {
    if (mask[i] != 0) out.rows_.push_back(static_cast<std::uint32_t>(i));
  }
  return out;
}

Result<std::vector<std::vector<Neighbour>>> top_k(const Matrix& queries, const Matrix& corpus,
                                                  const TopKOptions& options, const RowFilter* filter) {
  const auto fine = refused(queries, corpus, options);
  if (!fine.ok()) return fine.error();
  const bool distance = options.metric == Metric::euclidean || options.metric == Metric::squared_euclidean;
  const Score score = options.normalized || options.metric == Metric::dot ? Score::dot
                      : options.metric == Metric::cosine                  ? Score::cosine
                      : options.metric == Metric::euclidean               ? Score::euclidean
                                                                          : Score::squared_euclidean;
  Search search{queries,
                corpus,
                filter != nullptr ? &filter->rows() : nullptr,
                score,
                distance && !options.normalized,
                options.threshold,
                {},
                {}};
  const std::size_t candidates = search.candidates();
  const auto plan = planned_threads(options.threads, queries.rows * candidates * corpus.dim);
  if (!plan.ok()) return plan.error();

  std::vector<std::vector<Neighbour>> out(queries.rows);
  const std::size_t k =
      static_cast<std::size_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(options.k), candidates));
  if (k == 0 || queries.rows == 0) return out;
  std::vector<float> units(options.normalized ? queries.rows * queries.dim : 0);
  if (options.normalized) (void)normalize_batch(queries, units, {}, 1);
  for (std::size_t i = 0; i < queries.rows; ++i) {
    const FloatState full;
    search.vectors.push_back(options.normalized ? units.data() + i * queries.dim : queries.row(i));
    search.squares.push_back(square_of(search.vectors.back(), queries.dim));
  }
  // Each range of candidates has its own best; a hit's key alone decides, so the cut leaves no trace.
  const std::size_t ranges = std::min(plan.value(), candidates);
  std::vector<std::vector<Best>> best(ranges, std::vector<Best>(queries.rows, Best(k)));
  parallel_for(ranges, ranges, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r) {
      search.run(candidates * r / ranges, candidates * (r + 1) / ranges, best[r]);
    }
  });
  for (std::size_t i = 0; i < queries.rows; ++i) {
    for (std::size_t r = 1; r < ranges; ++r) best[0][i].merge(best[r][i]);
    out[i] = std::move(best[0][i]).hits();
  }
  return out;
}

}  // namespace paritas
