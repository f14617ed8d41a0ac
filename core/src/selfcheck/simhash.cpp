#include "paritas/repair/simhash.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_simhash(Random& random, Digest& digest) {
  const SimHash made = std::move(SimHash::create(static_cast<std::int64_t>(1 + random.below(3)))).value();
  const std::uint64_t hash = made.hash(random_text(random, 12));
  digest.add(hash);
  SimHashIndex index = std::move(SimHashIndex::create(static_cast<std::int64_t>(random.below(9)))).value();
  for (std::int64_t id = 0; id < 3; ++id) {
    std::uint64_t near = hash;
    for (std::uint64_t flips = random.below(10); flips > 0; --flips) near ^= std::uint64_t{1} << random.below(64);
    (void)index.insert(id, near);
  }
  for (const std::int64_t id : index.query(hash)) digest.add(static_cast<std::uint64_t>(id));
}

}  // namespace paritas
