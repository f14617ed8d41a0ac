#include <algorithm>
#include <mutex>

#include "base/float_state.hpp"
#include "base/parallel.hpp"
#include "retrieve/vector_index_impl.hpp"

namespace paritas {
namespace {

constexpr std::size_t kGraphFrom = 50'000;  // live vectors, with kind "auto"

Metric metric_of(Score score) {
  if (score == Score::dot) return Metric::dot;
  if (score == Score::euclidean) return Metric::euclidean;
  return score == Score::squared_euclidean ? Metric::squared_euclidean : Metric::cosine;
}

}  // namespace

std::unique_ptr<HnswGraph> VectorIndex::Impl::new_graph() const {
  return std::make_unique<HnswGraph>(
      GraphOptions{static_cast<std::uint32_t>(options.m), static_cast<std::uint32_t>(options.ef_construction),
                   static_cast<std::uint64_t>(options.seed), FloatRows::sign_words(metric_of(score), dim)});
}

FloatRows VectorIndex::Impl::graph_rows() const {
  const std::shared_ptr<const void> ours(std::shared_ptr<const void>(), this);  // keeps nothing: a view frees nothing
  return {metric_of(score), dim,
          Column<float>(reinterpret_cast<const float*>(rows.data()), rows.size() / sizeof(float), ours),
          Column<float>(reinterpret_cast<const float*>(squares.data()), squares.size(), ours)};
}

void VectorIndex::Impl::link(std::size_t threads) {
  if (graph == nullptr) {
    if (!may_link() || live < kGraphFrom) return;
    close_holes();
    graph = new_graph();
  }
  const std::size_t count = slots() - graph->size();
  if (count > 1) graph->reserve(slots());
  graph->insert_all(graph_rows(), count, threads);
}

void VectorIndex::Impl::relink(std::size_t threads) {
  graph.reset();  // first, so that closing the holes does not mend it
  close_holes();
  graph = new_graph();
  graph_checked = true;
  link(threads);
}

void VectorIndex::Impl::mend_graph() {
  if (!graph_checked && !graph->sound()) relink(parallel_ranges(0));
  graph_checked = true;
}

std::vector<Neighbour> VectorIndex::Impl::walk(const float* vector, std::size_t k, std::size_t ef, std::size_t passing,
                                               const std::uint64_t* mask) const {
  const FloatRows vectors = graph_rows();
  const std::size_t wanted = k == 0 ? 0 : std::max(ef, k);
  GraphProbe probe;
  vectors.query(vector, probe);
  graph->sign(probe, vector, dim);
  std::vector<GraphHit> found;
  if (passing == live) {
    graph->search(vectors, probe, wanted, wanted, found);
  } else {
    const auto passes = [mask](std::uint32_t slot) { return (mask[slot / 64] >> slot % 64 & 1) != 0; };
    graph->search_filtered(vectors, probe, wanted, wanted, passes, found);
  }
  // The walk may run dry before it has met all that pass, and links of a file that was not checked may lead nowhere.
  if (found.size() < std::min(k, passing)) graph->exact(vectors, probe, k, mask, found);
  std::vector<Neighbour> out(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) out[i].index = slot_of(found[i]);
  // 1 - cosine rounds once more than the cosine, so that only all of them can be put in order; other distances are scores.
  if (score != Score::cosine) out.resize(std::min(k, out.size()));
  return out;
}

void VectorIndex::clear() {
  const std::unique_lock lock(impl_->mutex);
  Impl& index = *impl_;
  index.keys.clear();
  index.metadata.clear();
  index.alive.clear();
  index.live = 0;
  index.table = Table();
  index.masks.clear();
  index.rows = {}, index.scales = {}, index.squares = {}, index.full = {};
  index.graph = index.options.kind == "hnsw" ? index.new_graph() : nullptr;
  index.graph_checked = true;
}

void VectorIndex::compact() {
  const FloatState full;
  const std::unique_lock lock(impl_->mutex);
  impl_->graph == nullptr ? impl_->close_holes() : impl_->relink(parallel_ranges(0));
}

}  // namespace paritas
