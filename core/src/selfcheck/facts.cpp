#include "paritas/verify/facts.hpp"

#include "features.hpp"
#include "paritas/base/hash.hpp"
#include "texts.hpp"

namespace paritas {

void check_facts(Random& random, Digest& digest) {
  constexpr const char* kTenants[] = {"", "b", "a"};
  FactStoreOptions options;
  options.k1 = 3.0 * random.unit();
  options.b = random.unit();
  FactStore store = FactStore::create(options).value();
  for (std::uint64_t left = 1 + random.below(4); left > 0; --left) {
    const std::string tenant = kTenants[random.below(3)];
    const auto id = static_cast<std::int64_t>(random.below(3));
    if (random.below(6) == 0) {
      digest.add(store.remove(id, tenant));
    } else {
      digest.add(store.add(id, random_text(random, 8), tenant).value());
    }
  }
  const std::string tenant = kTenants[random.below(3)];
  const std::string text = random_text(random, 12);
  const std::vector<Fact> facts = store.query(text, static_cast<std::int64_t>(random.below(4)), tenant).value();
  for (const Fact& fact : facts) {
    digest.add(static_cast<std::uint64_t>(*std::get_if<std::int64_t>(&fact.id)));
    digest.add(fact.score);
  }
  digest.add(store.count(tenant));
  if (random.below(4) == 0) digest.add(xxh3_64(store.to_bytes()));
}

}  // namespace paritas
