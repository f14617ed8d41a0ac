#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/retrieve/doc_id.hpp"

namespace paritas {

struct FusionOptions {
  double k = 60.0;              // of rrf(): how little the first ranks stand out, above 0
  std::string norm = "minmax";  // of weighted_fusion(): "minmax", "max" or "none"
  std::int64_t n_results = std::numeric_limits<std::int64_t>::max();
};

/// Joins lists of results by rank alone (reciprocal rank fusion), so that scores need not be of one kind.
///
/// lists:   each best first; the scores in them do not count, and an id counts once, at its first rank
/// weights: none for 1 each, or one for each list, at least 0
/// Returns: the sum over the lists, in their order, of weight / (k + rank), ranks from 1; best first, then the id that
///          comes first when list after list is read
/// Errors:  `invalid_argument` for k, a weight (with its index) or n_results, `length_mismatch` for weights of another
///          number, `out_of_range` where a sum is no double any more.
/// Source:  Cormack, Clarke and Buettcher 2009.
Result<std::vector<Hit>> rrf(std::span<const std::vector<Hit>> lists,
                             std::optional<std::span<const double>> weights = std::nullopt,
                             const FusionOptions& options = {});

/// Joins lists of results by their scores, which `norm` brings to one scale: "minmax" to 0 for the lowest and 1 for the
/// highest of each list (1 for all where they are equal), "max" to 1 for the highest (0 for all where it is not above
/// 0), "none" not at all. An id that is missing in a list has 0 there; one that stands twice counts once, by its first
/// score.
///
/// Returns: the sum over the lists, in their order, of weight * value; order, weights and errors as rrf, and
///          `invalid_argument`, with the index of the list, for a score that is not finite.
Result<std::vector<Hit>> weighted_fusion(std::span<const std::vector<Hit>> lists,
                                         std::optional<std::span<const double>> weights = std::nullopt,
                                         const FusionOptions& options = {});

}  // namespace paritas
