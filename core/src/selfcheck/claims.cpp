#include "paritas/verify/claims.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_claims(Random& random, Digest& digest) {
  const std::string text = random_text(random, 24);
  const OffsetMap offsets(text);
  for (const Claim& claim : split_claims(text, random.below(2) == 1)) {
    digest.add(claim.span, offsets);
    digest.add(std::uint64_t{claim.sentence_index});
    digest.add(claim.is_atomic);
  }
}

}  // namespace paritas
