#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/vectors/matrix.hpp"
#include "paritas/vectors/metric.hpp"

namespace paritas {

/// A row of the corpus and its score.
struct Neighbour {
  std::int64_t index;
  float score;
};

struct TopKOptions {
  std::int64_t k = 10;
  Metric metric = Metric::cosine;
  std::optional<double> threshold;  // keeps scores >= it; none keeps negative ones too
  std::int64_t threads = 0;
  bool normalized = false;  // dot of the normalised query with rows that are trusted to be normalised
};

/// The rows that may be found, in ascending order and once each.
class RowFilter {
 public:
  /// Errors: `out_of_range` for an id that is no row.
  static Result<RowFilter> of_ids(std::span<const std::int64_t> ids, std::size_t rows);
  /// A mask of one byte for each row. Errors: `length_mismatch` for another number of bytes than rows.
  static Result<RowFilter> of_mask(std::span<const std::uint8_t> mask, std::size_t rows);
  [[nodiscard]] const std::vector<std::uint32_t>& rows() const { return rows_; }

 private:
  std::vector<std::uint32_t> rows_;
};

/// The k best rows for each query: score descending, ties to the lower index, NaN last.
///
/// Score is the cosine or the dot product as it is, and the negated distance for the other metrics: the bits of the
/// scalar functions. The selection is fused with the scoring, so one query needs no list of all scores.
/// Returns: one list for each query; min(k, rows that pass) hits.
/// Errors:  `invalid_argument` for k or threads below 0 and a threshold that is NaN, `length_mismatch` for rows of two
///          lengths, `limit_exceeded` for more than 2^32 - 1 rows.
Result<std::vector<std::vector<Neighbour>>> top_k(const Matrix& queries, const Matrix& corpus,
                                                  const TopKOptions& options, const RowFilter* filter = nullptr);

}  // namespace paritas
