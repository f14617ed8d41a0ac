#include <algorithm>
#include <cmath>

#include "hnsw_kernels.hpp"
#include "hnsw_scratch.hpp"

namespace paritas {

GraphHit graph_hit(float distance, std::uint32_t slot) noexcept { return std::uint64_t{rising(distance)} << 32 | slot; }

float distance_of(GraphHit hit) noexcept {
  const auto bits = static_cast<std::uint32_t>(hit >> 32);
  return __builtin_bit_cast(float, (bits & 0x8000'0000U) != 0 ? bits & 0x7FFF'FFFFU : ~bits);
}

namespace {

constexpr std::size_t kBatch = 64;  // rows whose distances are asked for at once

// In the pool: distance, slot, and in the lowest bit whether its links were followed.
std::uint64_t entry_of(GraphHit hit) { return (hit >> 32) << 32 | std::uint64_t{slot_of(hit)} << 1; }
GraphHit hit_of(std::uint64_t entry) { return (entry >> 32) << 32 | (static_cast<std::uint32_t>(entry) >> 1); }
std::uint32_t slot_in(std::uint64_t entry) { return static_cast<std::uint32_t>(entry) >> 1; }

}  // namespace

void HnswGraph::sign(GraphProbe& probe, const float* values, std::size_t dim) const {
  probe.signs.assign(options_.sign_words, 0);
  if (options_.sign_words == 0) return;
  for (std::size_t i = 0; i < dim; ++i) probe.signs[i / 64] |= std::uint64_t{values[i] > 0.0F} << (i % 64);
}

// Best first on one layer, from a live slot: leaves the best ef in the pool.
//
// With signs: once the pool is full, a row that differs from the query in many more signs than those in the pool do on the
// average is passed over unread. Whole numbers decide, so every target passes over the same. The margin is two standard
// deviations of the difference between vectors without relation.
void HnswGraph::walk(const GraphRows& rows, const GraphProbe& probe, std::uint32_t layer, std::size_t ef,
                     std::uint32_t start, Scratch& s) const {
  const std::size_t words = options_.sign_words, count = size(), places = cap(layer);
  const bool holes = live_ != count;
  const auto margin = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(words * 64)));
  s.begin(count);
  s.pool.clear();
  s.pool_signs.clear();
  s.fresh.resize(places);
  s.differences.resize(places);
  s.distances.resize(std::max(places, kBatch));
  std::uint64_t signs = 0;  // of all in the pool
  const auto offer = [&](float distance, std::uint32_t slot, std::uint16_t difference) -> std::size_t {
    const std::uint64_t entry = entry_of(graph_hit(distance, slot));
    const bool full = s.pool.size() == ef;
    if (full && entry > s.pool.back()) return ef;
    const auto at = std::upper_bound(s.pool.begin(), s.pool.end(), entry) - s.pool.begin();
    if (full) {
      s.pool.pop_back();
      if (words != 0) signs -= s.pool_signs.back(), s.pool_signs.pop_back();
    }
    s.pool.insert(s.pool.begin() + at, entry);
    if (words != 0) signs += difference, s.pool_signs.insert(s.pool_signs.begin() + at, difference);
    return static_cast<std::size_t>(at);
  };
  s.seen[start] = s.walk;
  rows.distances(probe, &start, 1, s.distances.data());
  if (words != 0) sign_differences(probe.signs.data(), signs_.data(), words, &start, 1, s.differences.data());
  offer(s.distances[0], start, s.differences[0]);
  for (std::size_t next = 0; next < s.pool.size();) {
    const std::uint32_t node = slot_in(s.pool[next]);
    s.pool[next] |= 1;
    const std::uint32_t* links = block(node, layer);
    std::size_t found = 0;
    for (std::size_t i = 0; i < places; ++i) {
      const std::uint32_t slot = target(links[i]);
      if (slot >= count) break;
      if (s.seen[slot] == s.walk || (holes && !alive(slot))) continue;
      s.seen[slot] = s.walk;
      s.fresh[found++] = slot;
      if (words != 0) __builtin_prefetch(signs_.data() + slot * words);
    }
    if (words != 0) {
      sign_differences(probe.signs.data(), signs_.data(), words, s.fresh.data(), found, s.differences.data());
      if (s.pool.size() == ef) {
        const std::uint64_t most = signs + margin * ef;  // of ef times a difference
        std::size_t kept = 0;
        for (std::size_t i = 0; i < found; ++i) {
          s.fresh[kept] = s.fresh[i];
          s.differences[kept] = s.differences[i];
          kept += s.differences[i] * ef <= most;
        }
        found = kept;
      }
    }
    if (found > 0) {
      for (std::size_t i = 0; i < std::min<std::size_t>(found, 4); ++i) rows.prefetch(s.fresh[i]);
      rows.distances(probe, s.fresh.data(), found, s.distances.data());
      for (std::size_t i = 0; i < found; ++i) {
        next = std::min(next, offer(s.distances[i], s.fresh[i], s.differences[i]));
      }
    }
    while (next < s.pool.size() && (s.pool[next] & 1) != 0) ++next;
  }
}

// From `at` on its layer down to the layer, one nearest at a time.
void HnswGraph::descend(const GraphRows& rows, const GraphProbe& probe, std::uint32_t to_layer, std::uint32_t& at,
                        Scratch& s) const {
  for (std::uint32_t layer = levels_[entry_]; layer > to_layer; --layer) {
    walk(rows, probe, layer, 1, at, s);
    at = slot_in(s.pool[0]);
  }
}

void HnswGraph::search(const GraphRows& rows, const GraphProbe& probe, std::size_t k, std::size_t ef,
                       std::vector<GraphHit>& out) const {
  out.clear();
  if (live_ == 0 || k == 0) return;
  Lease lease(*this);
  Scratch& s = *lease;
  std::uint32_t at = entry_;
  descend(rows, probe, 0, at, s);
  walk(rows, probe, 0, std::max(ef, k), at, s);
  const std::size_t count = std::min(k, s.pool.size());
  for (std::size_t i = 0; i < count; ++i) out.push_back(hit_of(s.pool[i]));
}

void HnswGraph::search_filtered(const GraphRows& rows, const GraphProbe& probe, std::size_t k, std::size_t ef,
                                const std::function<bool(std::uint32_t)>& passes, std::vector<GraphHit>& out) const {
  out.clear();
  if (live_ == 0 || k == 0) return;
  Lease lease(*this);
  Scratch& s = *lease;
  ef = std::max(ef, k);
  std::uint32_t at = entry_;
  descend(rows, probe, 0, at, s);
  const std::size_t count = size(), places = cap(0);
  s.begin(count);
  s.heap.clear();
  s.fresh.resize(places);
  s.distances.resize(std::max(places, kBatch));
  // heap: what is still to be expanded, the nearest in front. out: the best ef that pass, ascending.
  const auto offer = [&](GraphHit hit) {
    if (out.size() == ef && hit > out.back()) return;
    s.heap.push_back(hit);
    std::push_heap(s.heap.begin(), s.heap.end(), std::greater<>());
    if (!passes(slot_of(hit))) return;
    if (out.size() == ef) out.pop_back();
    out.insert(std::upper_bound(out.begin(), out.end(), hit), hit);
  };
  s.seen[at] = s.walk;
  rows.distances(probe, &at, 1, s.distances.data());
  offer(graph_hit(s.distances[0], at));
  while (!s.heap.empty()) {
    const GraphHit nearest = s.heap.front();
    if (out.size() == ef && nearest > out.back()) break;
    std::pop_heap(s.heap.begin(), s.heap.end(), std::greater<>());
    s.heap.pop_back();
    const std::uint32_t* links = block(slot_of(nearest), 0);
    std::size_t found = 0;
    for (std::size_t i = 0; i < places; ++i) {
      const std::uint32_t slot = target(links[i]);
      if (slot >= count) break;
      if (s.seen[slot] == s.walk || !alive(slot)) continue;
      s.seen[slot] = s.walk;
      s.fresh[found++] = slot;
    }
    rows.distances(probe, s.fresh.data(), found, s.distances.data());
    for (std::size_t i = 0; i < found; ++i) offer(graph_hit(s.distances[i], s.fresh[i]));
  }
  if (out.size() > k) out.resize(k);
}

void HnswGraph::exact(const GraphRows& rows, const GraphProbe& probe, std::size_t k, const std::uint64_t* mask,
                      std::vector<GraphHit>& out) const {
  out.clear();
  if (k == 0) return;
  std::uint32_t slots[kBatch] = {};
  float distances[kBatch];
  std::size_t found = 0;
  const auto score = [&] {  // out is a heap with the worst in front
    rows.distances(probe, slots, found, distances);
    for (std::size_t i = 0; i < found; ++i) {
      const GraphHit hit = graph_hit(distances[i], slots[i]);
      if (out.size() == k) {
        if (hit > out.front()) continue;
        std::pop_heap(out.begin(), out.end());
        out.back() = hit;
      } else {
        out.push_back(hit);
      }
      std::push_heap(out.begin(), out.end());
    }
    found = 0;
  };
  for (std::size_t word = 0; word < alive_.size(); ++word) {
    std::uint64_t bits = mask == nullptr ? alive_[word] : alive_[word] & mask[word];
    for (; bits != 0; bits &= bits - 1) {
      slots[found++] = static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits)));
      if (found == kBatch) score();
    }
  }
  score();
  std::sort_heap(out.begin(), out.end());
}

}  // namespace paritas
