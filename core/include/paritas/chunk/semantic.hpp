#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/chunk/chunk.hpp"
#include "paritas/vectors/matrix.hpp"

namespace paritas {

struct SemanticChunkerOptions {
  std::int64_t chunk_size = 1344;
  std::string method = "percentile";  ///< or "stdev", "similarity", "local_max"
  double threshold = 95.0;
  std::int64_t window = 1;
  std::int64_t min_sentences = 1;
  std::int64_t max_sentences = 0;  ///< 0 for no limit
};

/// Cuts between sentences where the meaning turns, by embeddings of the sentences.
///
/// The distance of a gap is 1 - cosine of the means of up to `window` rows before and after it. There is a break at a gap with
///   percentile: a distance above the nearest-rank percentile `threshold` of all distances
///   stdev:      a distance above their mean by more than `threshold` standard deviations
///   similarity: a cosine below `threshold`
///   local_max:  a distance above both neighbours and above the mean by more than `threshold` standard deviations
/// Groups of fewer than min_sentences join the nearer neighbour; those of more than max_sentences or over chunk_size are split
/// at their greatest inner distance, and a sentence over it is cut at words.
/// Threads: any number at once.
class SemanticChunker {
 public:
  /// Errors: `invalid_argument` for a size below 1, an unknown method, a threshold without meaning for it, a window or
  /// min_sentences below 1, a max_sentences below min_sentences that is not 0.
  static Result<SemanticChunker> create(const SemanticChunkerOptions& options, Sizer sizer);

  /// embeddings: one row for each of sentences(text).
  /// Errors: `length_mismatch` for another number of rows, `not_finite` with the row, `bad_counter`.
  [[nodiscard]] Result<std::vector<Chunk>> chunk(std::string_view text, const Matrix& embeddings) const;

  [[nodiscard]] const Sizer& sizer() const noexcept { return sizer_; }
  /// How many sentences an embedder is given at once, at most.
  static constexpr std::size_t kBatch = 256;
  /// For a call with neither embeddings nor an embedder.
  static Error no_embeddings();

 private:
  SemanticChunker() = default;
  SemanticChunkerOptions options_;
  Sizer sizer_;
};

/// The rows of many sentences, as an embedder gives them.
class SentenceRows {
 public:
  /// batch: one row for each of so many sentences. Errors: `length_mismatch` for other numbers of rows or of values.
  Result<bool> add(const Matrix& batch, std::size_t sentences);
  /// The same without values; before: how many the rows before had, 0 for none.
  static Result<bool> check(std::size_t rows, std::size_t dim, std::size_t sentences, std::size_t before);
  /// The rows of sentences first .. first + count - 1.
  [[nodiscard]] Matrix rows(std::size_t first, std::size_t count) const {
    return {values_.data() + first * dim_, count, dim_};
  }

 private:
  std::vector<float> values_;
  std::size_t rows_ = 0, dim_ = 0;
};

}  // namespace paritas
