#include "scores.hpp"

#include "finish.hpp"

namespace paritas {
namespace {

// From S_ab in `out` to the score, given S_aa and every S_bb.
void finish(Score score, const float* vector, float square, const float* const* rows, const float* squares,
            std::size_t count, std::size_t n, float* out) {
  if (score == Score::dot) {
    for (std::size_t i = 0; i < count; ++i) out[i] = finish_dot(out[i], vector, rows[i], n);
    return;
  }
  bool plain = normal(square);
  for (std::size_t i = 0; i < count; ++i) plain = plain && normal(squares[i]);
  if (plain) return (score == Score::cosine ? cosines_of_sums : gaps_of_sums)(square, out, squares, count, out);
  for (std::size_t i = 0; i < count; ++i) {
    const double cosine = finish_cosine({out[i], square, squares[i]}, vector, rows[i], n);
    out[i] = score == Score::cosine ? cosine_score(cosine) : cosine_gap(cosine);
  }
}

void score_distances(Score score, const float* vector, const float* const* rows, std::size_t count, std::size_t n,
                     float* out) {
  lanes_distances(vector, rows, count, n, out);
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = score == Score::euclidean ? finish_euclidean(out[i], vector, rows[i], n)
                                       : finish_squared(out[i], vector, rows[i], n);
  }
}

bool is_distance(Score score) { return score == Score::euclidean || score == Score::squared_euclidean; }

}  // namespace

float square_of(const float* v, std::size_t n) { return lanes_dot(v, v, n); }

void score_rows(Score score, const float* vector, float square, const float* const* rows, std::size_t count,
                std::size_t n, float* out) {
  float squares[kBlock];
  if (is_distance(score)) return score_distances(score, vector, rows, count, n, out);
  if (score == Score::dot) {
    lanes_dots(vector, rows, count, n, out);
  } else {
    lanes_dots_squares(vector, rows, count, n, out, squares);
  }
  finish(score, vector, square, rows, squares, count, n, out);
}

void score_tile(Score score, const float* const* vectors, const float* vector_squares, std::size_t height,
                const float* const* rows, const float* row_squares, std::size_t width, std::size_t n, float* out,
                std::size_t stride) {
  if (!is_distance(score)) lanes_tile(vectors, height, rows, width, n, out, stride);
  for (std::size_t i = 0; i < height; ++i) {
    if (is_distance(score)) {
      score_distances(score, vectors[i], rows, width, n, out + i * stride);
    } else {
      const float square = score == Score::dot ? 0.0F : vector_squares[i];
      finish(score, vectors[i], square, rows, row_squares, width, n, out + i * stride);
    }
  }
}

}  // namespace paritas
