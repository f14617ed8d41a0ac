#pragma once
#include <shared_mutex>

#include "hnsw_graph.hpp"
#include "hnsw_rows.hpp"
#include "paritas/vectors/hnsw.hpp"

namespace paritas {

/// Where the ids stand, by slot. As long as each new id is larger than those before, as when they are given out, no table is
/// needed to find one.
class HnswIds {
 public:
  [[nodiscard]] std::uint32_t find(std::int64_t id, const HnswGraph& graph) const;  // kNoSlot when it is not there
  void push_back(std::int64_t id, const HnswGraph& graph);
  void erase(std::int64_t id, std::uint32_t slot);
  void keep(const std::vector<std::uint64_t>& bits, std::size_t count, const HnswGraph& after);
  /// Of a file. False when one is below 0 or above `largest`, or one that is alive stands twice.
  bool open(Column<std::int64_t> ids, std::int64_t largest, const HnswGraph& graph);
  void reserve(std::size_t count) { ids_.reserve(count); }
  std::int64_t operator[](std::uint32_t slot) const { return ids_[slot]; }
  [[nodiscard]] const Column<std::int64_t>& column() const { return ids_; }
  [[nodiscard]] std::size_t heap_bytes() const { return ids_.heap_bytes() + table_.capacity() * 4; }

 private:
  [[nodiscard]] std::size_t home(std::int64_t id) const;
  void place(std::uint32_t slot);
  bool fill(const HnswGraph& graph, std::size_t room);  // false for an id twice

  Column<std::int64_t> ids_;
  bool rising_ = true;
  std::vector<std::uint32_t> table_;  // slots, by hash; a power of 2, at most 7/8 full
  std::size_t used_ = 0;
};

struct HnswIndex::Impl {
  explicit Impl(const HnswOptions& settled, Metric of)
      : options(settled),
        metric(of),
        rows(of, static_cast<std::size_t>(settled.dimension)),
        graph({static_cast<std::uint32_t>(settled.m), static_cast<std::uint32_t>(settled.ef_construction), settled.seed,
               FloatRows::sign_words(of, static_cast<std::size_t>(settled.dimension))}) {}

  [[nodiscard]] std::size_t dim() const { return static_cast<std::size_t>(options.dimension); }
  [[nodiscard]] Result<bool> fits(std::span<const float> vector, std::size_t row) const;
  Result<bool> changeable();
  bool erase(std::int64_t id);
  void close_holes();
  [[nodiscard]] std::vector<HnswHit> search(const float* query, const HnswSearch& job) const;
  [[nodiscard]] std::vector<std::uint64_t> mask_of(std::span<const std::int64_t> ids, std::size_t& count) const;
  void exact_filtered(const GraphProbe& probe, std::size_t k, std::vector<std::int8_t>& asked,
                      const std::function<bool(std::int64_t)>& filter, std::vector<GraphHit>& out) const;

  mutable std::shared_mutex mutex;
  HnswOptions options;  // its texts are the published names
  Metric metric;
  FloatRows rows;
  HnswGraph graph;
  HnswIds ids;
  std::vector<std::string> metadata;  // by slot, JSON; empty for none; no list at all until there is one
  std::int64_t largest = -1;          // of all ids ever
  bool checked = true;                // the links of layer 0
};

}  // namespace paritas
