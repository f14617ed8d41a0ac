#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

inline constexpr std::int64_t kSelfcheckCases = 10'000;
inline constexpr std::int64_t kMaxSelfcheckCases = 1'000'000'000;

/// The digest of the cases that fell to one feature.
struct FeatureDigest {
  std::string feature;  // the stem of its files
  std::int64_t cases = 0;
  std::string digest;  // 16 hexadecimal digits
};

/// One digest of everything and one for each feature, which says where two machines disagree.
struct SelfcheckReport {
  std::string digest;
  std::vector<FeatureDigest> features;  // in alphabetical order
};

/// Runs every feature on random and hostile inputs and folds all bytes of all results into one digest. Machines, targets
/// and languages that print the same digest give the same answers, bit for bit.
///
/// cases:   how many inputs; they take turns with the features. 0 gives sixteen zeros.
/// seed:    case i draws its input from Random(seed + i)
/// Returns: 16 hexadecimal digits
/// Errors:  `invalid_argument` for a negative number of cases, `limit_exceeded` for more than 10^9.
Result<std::string> selfcheck(std::int64_t cases = kSelfcheckCases, std::uint64_t seed = 0);
Result<SelfcheckReport> selfcheck_report(std::int64_t cases = kSelfcheckCases, std::uint64_t seed = 0);

}  // namespace paritas
