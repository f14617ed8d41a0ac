#pragma once
#include <cstdint>

#include "paritas/base/random.hpp"

namespace paritas {

/// Mostly small counts, for which the Williams numbers change their order; every size and sign too.
inline std::int64_t draw_count(Random& random) {
  switch (random.below(4)) {
    case 0:
      return static_cast<std::int64_t>(random.next());
    case 1:
      return static_cast<std::int64_t>(random.next() >> 11 >> random.below(50));
    default:
      return static_cast<std::int64_t>(random.below(1200)) - 3;
  }
}

}  // namespace paritas
