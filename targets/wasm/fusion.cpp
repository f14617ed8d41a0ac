#include "paritas/retrieve/fusion.hpp"

#include "packed.hpp"

namespace paritas::wasm {

WASM(Reply, fusionDefaults)() {
  const FusionOptions options;
  Packer out;
  out.f64(options.k);
  out.text(options.norm);
  return out.out();
}

/// One block: u8 whether by rank, k, norm, n_results or -1 for all, weights + 1 or 0 and they, then for each list the
/// number of its hits and the id and score of each.
WASM(Reply, fuse)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const bool by_rank = in.number<std::uint8_t>() != 0;
  FusionOptions options;
  options.k = in.number<double>();
  options.norm = in.text();
  if (in.number<std::uint8_t>() != 0) options.n_results = in.number<std::int64_t>();
  std::vector<double> values;
  std::optional<std::span<const double>> weights;
  if (const auto count = in.number<std::uint32_t>(); count != 0) {
    for (std::uint32_t i = 1; i < count; ++i) values.push_back(in.number<double>());
    weights = values;
  }
  std::vector<std::vector<Hit>> lists;
  while (!in.done()) {
    std::vector<Hit>& hits = lists.emplace_back();
    for (auto left = in.number<std::uint32_t>(); left > 0; --left) {
      DocId id = in.id();
      hits.push_back({std::move(id), in.number<double>()});
    }
  }
  return outcome(by_rank ? rrf(lists, weights, options) : weighted_fusion(lists, weights, options),
                 [](const std::vector<Hit>& hits) {
                   Packer out;
                   for (const Hit& hit : hits) {
                     pack(out, hit.id);
                     out.f64(hit.score);
                   }
                   return out.out();
                 });
}

}  // namespace paritas::wasm
