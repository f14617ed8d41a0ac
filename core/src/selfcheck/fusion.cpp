#include "paritas/retrieve/fusion.hpp"

#include "features.hpp"

namespace paritas {

void check_fusion(Random& random, Digest& digest) {
  constexpr const char* kNorms[] = {"minmax", "max", "none"};
  std::vector<std::vector<Hit>> lists(static_cast<std::size_t>(1 + random.below(3)));
  std::vector<double> weights;
  for (std::vector<Hit>& hits : lists) {
    for (std::uint64_t left = random.below(6); left > 0; --left) {
      const std::uint64_t number = random.below(7);
      DocId id = static_cast<std::int64_t>(number);
      if (random.below(2) == 0) id = std::to_string(number);
      const double score = random.below(4) == 0 ? 0.5 : 4.0 * random.unit() - 1.0;
      hits.push_back({std::move(id), score});
    }
    weights.push_back(random.below(8) == 0 ? 0.0 : random.unit());
  }
  FusionOptions options;
  options.k = random.below(4) == 0 ? 60.0 : 0.5 + 9.0 * random.unit();
  options.norm = kNorms[random.below(3)];
  if (random.below(2) == 0) options.n_results = static_cast<std::int64_t>(random.below(5));
  const auto fused = random.below(2) == 0 ? rrf(lists, weights, options) : weighted_fusion(lists, weights, options);
  for (const Hit& hit : fused.value()) {
    if (const auto* number = std::get_if<std::int64_t>(&hit.id)) {
      digest.add(static_cast<std::uint64_t>(*number));
    } else {
      digest.add(*std::get_if<std::string>(&hit.id));
    }
    digest.add(hit.score);
  }
}

}  // namespace paritas
