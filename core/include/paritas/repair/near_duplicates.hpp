#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/repair/minhash.hpp"

namespace paritas {

enum class NearMethod : std::uint8_t { minhash, simhash };
/// Errors: `invalid_argument` for another word than "minhash" and "simhash"
Result<NearMethod> near_method(std::string_view word);

struct NearOptions {
  double threshold = 0.8;  ///< 0 to 1: the least estimate of likeness
  NearMethod method = NearMethod::minhash;
  MinHashOptions sketch = {};  ///< SimHash takes its k, and shingles of words alone
  std::size_t threads = 0;     ///< 0 for all cores; they change nothing
};

/// Two texts, by their numbers: i < j.
struct NearPair {
  std::size_t i, j;
  double similarity;
};

/// The pairs of texts whose likeness is estimated as at least `threshold`, in order of (i, j).
///
/// minhash: pairs that share a band of MinHashLsh for the threshold; the estimate is minhash_jaccard. A pair just above the
///          threshold may share none: of those at 0.8, with its 9 bands of 13 rows, about two of five are found, at 0.9
///          nearly all.
/// simhash: (64 - differing bits) / 64; all pairs are found, for thresholds below 0.9 by comparing all with all.
/// Equal sketches cost no comparison; texts without shingles are equal to each other.
/// Errors:  `invalid_argument`: threshold, num_perm or k out of range; simhash with shingles of characters
Result<std::vector<NearPair>> near_duplicates(std::span<const std::string_view> texts, const NearOptions& options = {});
/// All texts, by their numbers, in groups of those that pairs connect; most groups have one text. Ascending.
Result<std::vector<std::vector<std::size_t>>> near_duplicate_groups(std::span<const std::string_view> texts,
                                                                    const NearOptions& options = {});
/// The first text of each group.
Result<std::vector<std::size_t>> keep_indices(std::span<const std::string_view> texts, const NearOptions& options = {});

}  // namespace paritas
