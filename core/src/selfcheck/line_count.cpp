#include "paritas/chunk/line_count.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_line_count(Random& random, Digest& digest) {
  digest.add(std::uint64_t{count_lines(random_text(random, 12))});
}

}  // namespace paritas
