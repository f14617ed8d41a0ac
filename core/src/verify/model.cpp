#include "verify/model.hpp"

#include <algorithm>

#include "paritas/base/maths.hpp"

namespace paritas {

double support_probability(const FeatureCounts& counts, std::size_t sentences) {
  const std::array<double, kFeatures> values = features(counts, sentences);
  double odds = 0.0;  // added in the order of the table
  for (std::size_t i = 0; i < kFeatures; ++i) {
    const FeatureConstants& constants = kFeatureTable[i];
    const double z = (values[i] - constants.mean) / constants.deviation;
    odds += constants.weight * std::min(std::max(z, -kClip), kClip);
  }
  return 1.0 / (1.0 + exp(-(kPlattSlope * (odds + kConstant) + kPlattShift)));
}

}  // namespace paritas
