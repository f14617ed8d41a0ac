#pragma once
#include <cstddef>
#include <limits>
#include <vector>

#include "features.hpp"

namespace paritas {

/// float32 values, mostly in [-1, 1), sometimes hostile; whole vectors may be far from 1.
inline std::vector<float> random_floats(Random& random, std::size_t count) {
  const std::uint64_t range = random.below(16);
  const float scale = range == 0 ? 1e-30F : range == 1 ? 1e25F : 1.0F;
  std::vector<float> out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t turn = random.below(256);
    const float value = static_cast<float>(random.unit() * 2.0 - 1.0);
    out.push_back(turn == 0   ? std::numeric_limits<float>::quiet_NaN()
                  : turn == 1 ? -std::numeric_limits<float>::infinity()
                  : turn == 2 ? 1e-45F
                  : turn == 3 ? -0.0F
                  : turn < 16 ? 0.5F
                              : value * scale);
  }
  return out;
}

}  // namespace paritas
