#include "paritas/chunk/sizer.hpp"

#include "chunks.hpp"
#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_sizer(Random& random, Digest& digest) {
  const std::string text = random_text(random, 12);
  for (std::uint64_t unit = 0; unit < 5; ++unit) digest.add(std::uint64_t{length_of(text, unit_of(unit).unit)});
}

}  // namespace paritas
