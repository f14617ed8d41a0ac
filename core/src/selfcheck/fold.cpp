#include "paritas/text/fold.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_fold(Random& random, Digest& digest) {
  const Accents accents = random.below(4) == 0 ? Accents::keep : Accents::drop;
  std::string folded;
  fold(random_text(random, 6), folded, accents);
  digest.add(folded);
}

}  // namespace paritas
