#include "paritas/vectors/hnsw.hpp"

#include "paritas/base/hash.hpp"
#include "vectors.hpp"

namespace paritas {

// A short history of a small index, and its bytes.
void check_hnsw(Random& random, Digest& digest) {
  constexpr std::string_view kMetrics[] = {"cosine", "dot", "euclidean", "squared_euclidean"};
  HnswOptions options;
  options.dimension = static_cast<std::int64_t>(random.below(3) + 1);
  options.m = static_cast<std::int64_t>(random.below(3) + 2);
  options.ef_construction = static_cast<std::int64_t>(random.below(4) + 1);
  options.metric = kMetrics[random.below(4)];
  options.seed = random.below(4);
  options.exact_below = 0;
  const auto dim = static_cast<std::size_t>(options.dimension);
  const std::uint64_t count = random.below(8);
  auto created = HnswIndex::create(options);
  HnswIndex index = std::move(created).value();
  const std::vector<float> rows = random_floats(random, count * dim);
  const auto added = index.add_batch({rows.data(), static_cast<std::size_t>(count), dim}, std::nullopt, {}, 1);
  digest.add(added.ok());
  digest.add(index.remove(static_cast<std::int64_t>(random.below(8))).value());
  const std::vector<float> query = random_floats(random, dim);
  HnswSearch search;
  search.k = static_cast<std::int64_t>(random.below(4));
  search.ef = 2;
  const auto found = index.search(query, search);
  digest.add(found.ok());
  if (found.ok()) {
    for (const HnswHit& hit : found.value()) {
      digest.add(static_cast<std::uint64_t>(hit.id));
      digest.add(hit.distance);
    }
  }
  if (random.below(2) == 0) digest.add(xxh3_64(index.to_bytes()));
}

}  // namespace paritas
