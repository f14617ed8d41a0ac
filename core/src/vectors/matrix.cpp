#include "paritas/vectors/matrix.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "finish.hpp"
#include "paritas/vectors/normalize.hpp"
#include "plan.hpp"
#include "scores.hpp"

namespace paritas {
namespace {

struct Rows {
  std::vector<const float*> at;
  std::vector<float> squares;
};

Rows rows_of(const Matrix& matrix, bool squares) {
  const FloatState full;
  Rows out;
  out.at.resize(matrix.rows);
  out.squares.resize(squares ? matrix.rows : 0);
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    out.at[i] = matrix.row(i);
    if (squares) out.squares[i] = square_of(out.at[i], matrix.dim);
  }
  return out;
}

// The whole width of a few queries at a time would fall out of the caches; kBlock rows of the corpus stay in them
// while all queries of the range pass.
void score_block(Score score, const Rows& queries, std::size_t top, std::size_t bottom, const Rows& corpus,
                 std::size_t left, std::size_t right, std::size_t n, float* out, std::size_t stride) {
  constexpr std::size_t kHeight = 8;
  const bool squares = !corpus.squares.empty();
  for (std::size_t j = left; j < right; j += kBlock) {
    const std::size_t width = std::min(kBlock, right - j);
    for (std::size_t i = top; i < bottom; i += kHeight) {
      score_tile(score, queries.at.data() + i, squares ? queries.squares.data() + i : nullptr,
                 std::min(kHeight, bottom - i), corpus.at.data() + j, squares ? corpus.squares.data() + j : nullptr,
                 width, n, out + i * stride + j, stride);
    }
  }
}

void score_one(Score score, const float* query, const Matrix& corpus, std::size_t threads, float* out) {
  float square = 0.0F;
  {
    const FloatState full;
    square = square_of(query, corpus.dim);
  }
  parallel_for(corpus.rows, threads, [&](std::size_t begin, std::size_t end) {
    const float* rows[kBlock];
    for (std::size_t i = begin; i < end; i += kBlock) {
      const std::size_t count = std::min(kBlock, end - i);
      for (std::size_t j = 0; j < count; ++j) rows[j] = corpus.row(i + j);
      score_rows(score, query, square, rows, count, corpus.dim, out + i);
    }
  });
}

}  // namespace

Result<bool> same_dimension(const Matrix& a, const Matrix& b) {
  if (a.rows == 0 || b.rows == 0 || a.dim == b.dim) return true;
  return Error{ErrorCode::length_mismatch,
               "Vector length mismatch: " + std::to_string(a.dim) + " vs " + std::to_string(b.dim) + " in row 0"};
}

Result<bool> similarity_matrix(const Matrix& queries, const Matrix& corpus, bool normalize, std::int64_t threads,
                               std::span<float> out) {
  const auto fit = same_dimension(queries, corpus);
  if (!fit.ok()) return fit.error();
  const auto plan = planned_threads(threads, queries.rows * corpus.rows * corpus.dim);
  if (!plan.ok()) return plan.error();
  if (queries.rows == 0 || corpus.rows == 0) return true;
  const Score score = normalize ? Score::cosine : Score::dot;
  if (queries.rows == 1) {
    score_one(score, queries.data, corpus, plan.value(), out.data());
    return true;
  }
  const Rows tall = rows_of(queries, normalize), wide = rows_of(corpus, normalize);
  const bool by_query = queries.rows >= corpus.rows;
  parallel_for(by_query ? queries.rows : corpus.rows, plan.value(), [&](std::size_t begin, std::size_t end) {
    score_block(score, tall, by_query ? begin : 0, by_query ? end : queries.rows, wide, by_query ? 0 : begin,
                by_query ? corpus.rows : end, corpus.dim, out.data(), corpus.rows);
  });
  return true;
}

Result<bool> batch_cosine_similarity_normalized(std::span<const float> query, const Matrix& corpus,
                                                std::int64_t threads, std::span<float> out) {
  const auto fit = same_dimension({query.data(), 1, query.size()}, corpus);
  if (!fit.ok()) return fit.error();
  const auto plan = planned_threads(threads, corpus.rows * corpus.dim);
  if (!plan.ok()) return plan.error();
  std::vector<float> unit(query.size());
  normalize(query, unit);
  if (corpus.rows != 0) score_one(Score::dot, unit.data(), corpus, plan.value(), out.data());
  return true;
}

Result<bool> pairwise_distances(const Matrix& vectors, Metric metric, std::int64_t threads, std::span<float> out) {
  const std::size_t n = vectors.rows;
  const auto plan = planned_threads(threads, n * n * vectors.dim);
  if (!plan.ok()) return plan.error();
  const Score score = metric == Metric::cosine      ? Score::gap
                      : metric == Metric::dot       ? Score::dot
                      : metric == Metric::euclidean ? Score::euclidean
                                                    : Score::squared_euclidean;
  const Rows rows = rows_of(vectors, metric == Metric::cosine);
  parallel_for(n, plan.value(), [&](std::size_t begin, std::size_t end) {
    score_block(score, rows, begin, end, rows, 0, n, vectors.dim, out.data(), n);
    for (std::size_t i = begin; i < end; ++i) {
      float* line = out.data() + i * n;
      if (metric == Metric::dot) {
        for (std::size_t j = 0; j < n; ++j) line[j] = one_nan(0.0F - line[j]);  // never -0
      }
      line[i] = 0.0F;
    }
  });
  return true;
}

}  // namespace paritas
