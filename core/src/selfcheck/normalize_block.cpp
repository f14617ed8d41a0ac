#include "paritas/repair/normalize_block.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_normalize_block(Random& random, Digest& digest) { digest.add(normalize_block(random_text(random, 12))); }

}  // namespace paritas
