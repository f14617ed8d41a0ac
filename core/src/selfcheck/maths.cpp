#include "paritas/base/maths.hpp"

#include "features.hpp"

namespace paritas {

void check_maths(Random& random, Digest& digest) {
  double x = 0.0;
  switch (random.below(4)) {
    case 0:
      x = __builtin_bit_cast(double, random.next());  // every sign, exponent and NaN
      break;
    case 1:
      x = 0.5 + 1.5 * random.unit();
      break;
    case 2:
      x = (random.unit() - 0.5) * 1500.0;
      break;
    default:
      x = static_cast<double>(random.below(std::uint64_t{1} << 53));
  }
  digest.add(log(x));
  digest.add(log2(x));
  digest.add(exp(x));
}

}  // namespace paritas
