#pragma once
#include <cstddef>

#include "verify/features.hpp"

namespace paritas {

/// How likely a source of so many sentences supports what was counted, from 0.0 to 1.0. tools/verify/train.py found the
/// constants.
double support_probability(const FeatureCounts& counts, std::size_t sentences);

}  // namespace paritas
