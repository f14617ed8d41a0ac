#include "paritas/repair/minhash.hpp"

#include "features.hpp"
#include "paritas/repair/minhash_lsh.hpp"
#include "paritas/repair/near_duplicates.hpp"
#include "texts.hpp"

namespace paritas {

void check_minhash(Random& random, Digest& digest) {
  MinHashOptions options;
  options.num_perm = static_cast<std::int64_t>(1 + random.below(40));
  options.seed = static_cast<std::int64_t>(random.next());
  options.k = static_cast<std::int64_t>(1 + random.below(4));
  options.shingle = random.below(3) == 0 ? ShingleKind::character : ShingleKind::word;
  const std::string one = random_text(random, 8);
  const std::string other = random.below(2) == 0 ? one + random_text(random, 2) : random_text(random, 8);
  const MinHash made = std::move(MinHash::create(options)).value();
  std::vector<std::uint32_t> a(made.num_perm()), b(made.num_perm());
  made.signature(one, a);
  made.signature(other, b);
  for (const std::uint32_t place : a) digest.add(std::uint64_t{place});
  digest.add(minhash_jaccard(a, b).value());
  MinHashLsh index = std::move(MinHashLsh::create({.threshold = 0.5, .num_perm = options.num_perm})).value();
  (void)index.insert(1, a);
  const auto found = index.query(b);
  digest.add(static_cast<std::uint64_t>(found.value().size()));
  digest.add(static_cast<std::uint64_t>(index.to_bytes().size()));
  const std::string_view texts[] = {one, other, one};
  NearOptions near{0.5, random.below(2) == 0 ? NearMethod::minhash : NearMethod::simhash, options, 1};
  if (near.method == NearMethod::simhash) near.sketch.shingle = ShingleKind::word;
  const auto pairs = near_duplicates(texts, near);
  for (const NearPair& pair : pairs.value()) {
    digest.add(static_cast<std::uint64_t>(pair.j));
    digest.add(pair.similarity);
  }
}

}  // namespace paritas
