#include "verify/model.hpp"

#include "paritas/base/maths.hpp"

namespace paritas {

double support_probability(const Reading& reading, std::uint32_t first, std::uint32_t last) {
  const Analysis& response = reading.analysis();
  std::uint32_t found = 0, items = 0;
  for (std::uint32_t at = first; at < last; ++at) {
    if (response.stem_at[at] == kNone) continue;
    ++items;
    found += response.stem_at[at] < reading.known() ? 1 : 0;
  }
  for (std::size_t i = 0; i < response.numbers.size(); ++i) {
    if (!response.numbers[i].hard() || response.numbers[i].first < first || response.numbers[i].first >= last) continue;
    ++items;
    found += reading.numbers()[i].matched() ? 1 : 0;
  }
  const double share = items == 0 ? 0.0 : static_cast<double>(found) / static_cast<double>(items);
  return 1.0 / (1.0 + exp(4.0 - 8.0 * share));
}

}  // namespace paritas
