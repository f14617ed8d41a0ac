#include "paritas/ocr/batch_size.hpp"

#include "counts.hpp"
#include "features.hpp"

namespace paritas {

void check_batch_size(Random& random, Digest& digest) {
  const std::int64_t total = draw_count(random);
  const double available = random.below(16) == 0 ? -random.unit() : 2000.0 * random.unit();
  const double per_item = random.below(16) == 0 ? 0.0 : 10.0 * random.unit();
  const bool strict = random.below(2) == 1;
  const auto size = optimal_batch_size(total, available, {per_item, strict});
  if (size.ok()) {
    digest.add(static_cast<std::uint64_t>(size.value()));
  } else {
    digest.add(size.error());
  }
}

}  // namespace paritas
