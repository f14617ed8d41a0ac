#include "paritas/stream/trend.hpp"

#include <limits>
#include <vector>

#include "features.hpp"

namespace paritas {

void check_trend(Random& random, Digest& digest) {
  std::vector<double> values;
  const std::uint64_t count = random.below(12);
  for (std::uint64_t i = 0; i < count; ++i) {
    switch (random.below(64)) {
      case 0:
        values.push_back(std::numeric_limits<double>::quiet_NaN());
        break;
      case 1:
        values.push_back(-std::numeric_limits<double>::infinity());
        break;
      case 2:
        values.push_back(1.7e308 * random.unit());
        break;
      case 3:
        values.push_back(5e-324);
        break;
      case 4:
        values.push_back(-0.0);
        break;
      default:
        values.push_back(random.unit());
    }
  }
  digest.add(trend_drop(values));
}

}  // namespace paritas
