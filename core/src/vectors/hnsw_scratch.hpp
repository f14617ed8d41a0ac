#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "vectors/hnsw_graph.hpp"

namespace paritas {

/// What one walk or one change needs; kept between calls, so that none allocates.
struct HnswGraph::Scratch {
  std::vector<std::uint8_t> seen;  // by slot: the number of the walk that saw it
  std::uint8_t walk = 0;
  std::vector<std::uint64_t> pool;        // distance, slot and whether it was expanded; ascending
  std::vector<std::uint16_t> pool_signs;  // beside it: in how many signs each differs from the query
  std::vector<std::uint32_t> fresh;       // slots whose distance is wanted
  std::vector<std::uint16_t> differences;
  std::vector<float> distances;
  std::vector<std::uint64_t> heap;
  GraphProbe probe, other;
  std::vector<GraphHit> hits;
  std::vector<std::uint32_t> chosen, kept;

  void begin(std::size_t slots) {
    if (seen.size() < slots) {
      seen.assign(slots + slots / 8, 0);
      walk = 0;
    }
    if (++walk == 0) {
      std::fill(seen.begin(), seen.end(), std::uint8_t{0});
      walk = 1;
    }
  }
};

/// A scratch for as long as it lives.
class HnswGraph::Lease {
 public:
  explicit Lease(const HnswGraph& graph) : graph_(graph) {
    const std::lock_guard lock(graph.scratch_mutex_);
    if (graph.scratches_.empty()) {
      scratch_ = std::make_unique<Scratch>();
    } else {
      scratch_ = std::move(graph.scratches_.back());
      graph.scratches_.pop_back();
    }
  }
  ~Lease() {
    const std::lock_guard lock(graph_.scratch_mutex_);
    graph_.scratches_.push_back(std::move(scratch_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  Scratch& operator*() { return *scratch_; }

 private:
  const HnswGraph& graph_;
  std::unique_ptr<Scratch> scratch_;
};

/// The bits of a distance, made to grow with it; NaN comes last.
inline std::uint32_t rising(float distance) noexcept {
  if (distance != distance) return 0xFFFF'FFFF;
  const auto bits = __builtin_bit_cast(std::uint32_t, distance);
  return (bits & 0x8000'0000U) != 0 ? ~bits : bits | 0x8000'0000U;
}

inline constexpr std::uint32_t kTree = 0x8000'0000U;                                // of a link: it is part of the tree
inline std::uint32_t target(std::uint32_t link) noexcept { return link & ~kTree; }  // kNoSlot of an unused place
inline constexpr std::uint32_t kNoLink = 0xFFFF'FFFFU;
inline constexpr std::uint8_t kHole = 255;

}  // namespace paritas
