#include <algorithm>
#include <limits>

#include "base/float_state.hpp"
#include "base/parallel.hpp"
#include "hnsw_index.hpp"
#include "plan.hpp"

namespace paritas {

std::vector<std::uint64_t> HnswIndex::Impl::mask_of(std::span<const std::int64_t> wanted, std::size_t& count) const {
  std::vector<std::uint64_t> mask(graph.alive_bits().size(), 0);
  count = 0;
  for (const std::int64_t id : wanted) {
    const std::uint32_t slot = ids.find(id, graph);
    if (slot == kNoSlot) continue;
    std::uint64_t& word = mask[slot / 64];
    const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
    count += (word & bit) == 0;
    word |= bit;
  }
  return mask;
}

// All that pass: those that were not asked before are asked now.
void HnswIndex::Impl::exact_filtered(const GraphProbe& probe, std::size_t k, std::vector<std::int8_t>& asked,
                                     const std::function<bool(std::int64_t)>& filter,
                                     std::vector<GraphHit>& out) const {
  std::vector<std::uint64_t> mask(graph.alive_bits().size(), 0);
  for (std::uint32_t slot = 0; slot < graph.size(); ++slot) {
    if (!graph.alive(slot)) continue;
    if (asked[slot] == 0) asked[slot] = filter(ids[slot]) ? 1 : -1;
    if (asked[slot] > 0) mask[slot / 64] |= std::uint64_t{1} << (slot % 64);
  }
  graph.exact(rows, probe, k, mask.data(), out);
}

std::vector<HnswHit> HnswIndex::Impl::search(const float* query, const HnswSearch& job) const {
  constexpr std::size_t kFew = 10'000;  // that pass a filter: quicker compared than looked for
  const std::size_t live = graph.live(), k = std::min(static_cast<std::size_t>(job.k), live);
  const auto ef = static_cast<std::size_t>(job.ef.value_or(options.ef_search));
  const bool few = live < static_cast<std::size_t>(options.exact_below);
  GraphProbe probe;
  rows.query(query, probe);
  graph.sign(probe, query, dim());
  std::vector<GraphHit> found;
  if (job.filter_ids || job.filter != nullptr) {
    std::size_t passing = live;
    std::vector<std::uint64_t> mask;
    if (job.filter_ids) mask = mask_of(*job.filter_ids, passing);
    const auto in_mask = [&](std::uint32_t slot) { return mask.empty() || (mask[slot / 64] >> (slot % 64) & 1) != 0; };
    if (job.filter == nullptr) {
      const bool scan = few || passing < kFew || passing * 20 < live;
      if (!scan) graph.search_filtered(rows, probe, k, ef, in_mask, found);
      if (scan || found.size() < std::min(k, passing)) graph.exact(rows, probe, k, mask.data(), found);
    } else {
      std::vector<std::int8_t> asked(graph.size(), 0);  // 1 passes, -1 does not
      const auto filter = [&](std::uint32_t slot) {
        asked[slot] = in_mask(slot) && (*job.filter)(ids[slot]) ? 1 : -1;
        return asked[slot] > 0;
      };
      if (!few) graph.search_filtered(rows, probe, k, ef, filter, found);
      if (found.size() < k) {
        for (std::uint32_t slot = 0; slot < graph.size(); ++slot) {
          if (!in_mask(slot)) asked[slot] = -1;
        }
        exact_filtered(probe, k, asked, *job.filter, found);
      }
    }
  } else if (few) {
    graph.exact(rows, probe, k, nullptr, found);
  } else {
    graph.search(rows, probe, k, ef, found);
    // Without the check of a file, its links may lead nowhere.
    if (found.size() < k) graph.exact(rows, probe, k, nullptr, found);
  }
  std::vector<HnswHit> out(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) out[i] = {ids[slot_of(found[i])], distance_of(found[i])};
  return out;
}

Result<std::vector<HnswHit>> HnswIndex::search(std::span<const float> query, const HnswSearch& options) const {
  auto found = search_batch({query.data(), 1, query.size()}, options, 1);
  if (!found.ok()) return found.error();
  return std::move(std::move(found).value()[0]);
}

Result<std::vector<std::vector<HnswHit>>> HnswIndex::search_batch(const Matrix& queries, const HnswSearch& options,
                                                                  std::int64_t threads) const {
  const FloatState full;
  if (options.k < 0) return Error{ErrorCode::invalid_argument, "k must be at least 0"};
  if (options.ef && *options.ef < 1) return Error{ErrorCode::invalid_argument, "ef must be at least 1"};
  const auto plan = planned_threads(threads, std::numeric_limits<std::size_t>::max());
  if (!plan.ok()) return plan.error();
  for (std::size_t row = 0; row < queries.rows; ++row) {
    const auto fits = impl_->fits({queries.row(row), queries.dim}, row);
    if (!fits.ok()) return fits.error();
  }
  std::vector<std::vector<HnswHit>> out(queries.rows);
  const std::shared_lock lock(impl_->mutex);
  parallel_for(queries.rows, options.filter != nullptr ? 1 : plan.value(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = impl_->search(queries.row(i), options);
  });
  return out;
}

}  // namespace paritas
