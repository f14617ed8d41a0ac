#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"
#include "paritas/vectors/matrix.hpp"

namespace paritas {

enum class BreakMethod : std::uint8_t { percentile, stdev, similarity, local_max };

struct SemanticRules {
  BreakMethod method = BreakMethod::percentile;
  double threshold = 95.0;
  std::size_t window = 1;
  std::size_t min_sentences = 1;
  std::size_t max_sentences = 0;  ///< 0 for no limit
};

/// Sentences first .. last as one chunk: whether it is within the size.
using Fits = std::function<bool(std::size_t first, std::size_t last)>;

/// 1 - cosine of the mean of up to `window` rows before a gap and of those after it, for each gap between two rows.
///
/// Means are taken in float64, so that no sum leaves the range of float32, and rounded to it; a mean of zeros has cosine 0.
/// Errors: `not_finite` with the row. Linear in the values, whatever the window.
Result<std::vector<float>> gap_distances(const Matrix& rows, std::size_t window);

/// Groups of sentences [start, end) in order: cut at breaks, those of too few sentences joined with the nearer neighbour, those of
/// too many or over the size split at their greatest inner distance, the first of equal ones.
/// Linear but for `fits`, which is asked at most twice for each sentence.
std::vector<Span> semantic_groups(std::span<const float> distances, const SemanticRules& rules, const Fits& fits);

}  // namespace paritas
