#include "hnsw_graph.hpp"

#include <algorithm>
#include <limits>

#include "hnsw_scratch.hpp"
#include "paritas/base/hash.hpp"

namespace paritas {

HnswGraph::HnswGraph(const GraphOptions& options) : options_(options) {
  // floor(2^64 / m^layer), a division at a time: floors of floors are the same.
  std::uint64_t threshold = (std::numeric_limits<std::uint64_t>::max() - options.m + 1) / options.m + 1;
  for (std::uint64_t& t : thresholds_) {
    t = threshold;
    threshold /= options.m;
  }
}
HnswGraph::HnswGraph(HnswGraph&& other) noexcept : HnswGraph(other.options_) { *this = std::move(other); }
HnswGraph& HnswGraph::operator=(HnswGraph&& other) noexcept {
  options_ = other.options_;
  std::copy(std::begin(other.thresholds_), std::end(other.thresholds_), thresholds_);
  next_ordinal_ = other.next_ordinal_;
  live_ = std::exchange(other.live_, 0);
  entry_ = std::exchange(other.entry_, kNoSlot);
  alive_ = std::move(other.alive_);
  levels_ = std::move(other.levels_);
  links_ = std::move(other.links_);
  tall_ = std::move(other.tall_);
  tall_at_ = std::move(other.tall_at_);
  upper_ = std::move(other.upper_);
  signs_ = std::move(other.signs_);
  scratches_.clear();
  return *this;
}
HnswGraph::~HnswGraph() = default;

std::uint32_t HnswGraph::level_of_ordinal(std::uint64_t ordinal) const noexcept {
  char bytes[8];
  for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<char>(static_cast<std::uint8_t>(ordinal >> 8 * i));
  const std::uint64_t hash = xxh3_64({bytes, 8}, options_.seed);
  std::uint32_t level = 0;
  while (level < 31 && hash < thresholds_[level]) ++level;
  return level;
}

const std::uint32_t* HnswGraph::block(std::uint32_t slot, std::uint32_t layer) const noexcept {
  if (layer == 0) return links_.data() + std::size_t{slot} * cap(0);
  const auto at = static_cast<std::size_t>(std::lower_bound(tall_.begin(), tall_.end(), slot) - tall_.begin());
  return upper_.data() + tall_at_[at] + std::size_t{layer - 1} * options_.m;
}
std::uint32_t* HnswGraph::block_to_change(std::uint32_t slot, std::uint32_t layer) {
  (layer == 0 ? links_ : upper_).own();
  return const_cast<std::uint32_t*>(block(slot, layer));
}

std::vector<std::uint32_t> HnswGraph::links(std::uint32_t slot, std::uint32_t layer) const {
  std::vector<std::uint32_t> out;
  if (levels_[slot] == kHole || layer > levels_[slot]) return out;
  const std::uint32_t* links = block(slot, layer);
  for (std::uint32_t i = 0; i < cap(layer) && links[i] != kNoLink; ++i) {
    if (alive(target(links[i]))) out.push_back(target(links[i]));
  }
  return out;
}

std::size_t HnswGraph::heap_bytes() const noexcept {
  return alive_.capacity() * 8 + levels_.heap_bytes() + links_.heap_bytes() + upper_.heap_bytes() +
         signs_.heap_bytes() + (tall_.capacity() + tall_at_.capacity()) * 4;
}

void HnswGraph::reserve(std::size_t slots) {
  levels_.reserve(slots);
  links_.reserve(slots * cap(0));
  signs_.reserve(slots * options_.sign_words);
}

std::uint32_t HnswGraph::tree_degree(std::uint32_t slot) const noexcept {
  const std::uint32_t* links = block(slot, 0);
  std::uint32_t degree = 0;
  for (std::uint32_t i = 0; i < cap(0) && links[i] != kNoLink; ++i) degree += links[i] >> 31;
  return degree;
}

// Whether none of the chosen is nearer to a candidate than the node is.
bool HnswGraph::apart(const GraphRows& rows, std::uint32_t node, GraphHit hit, const std::vector<std::uint32_t>& chosen,
                      Scratch& s) const {
  constexpr std::size_t kAtOnce = 8;
  if (chosen.empty()) return true;
  float distances[kAtOnce];
  const GraphHit bar = (hit >> 32) << 32 | node;
  rows.probe(slot_of(hit), s.other);
  for (std::size_t i = 0; i < chosen.size(); i += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, chosen.size() - i);
    rows.distances(s.other, chosen.data() + i, count, distances);
    for (std::size_t j = 0; j < count; ++j) {
      if (graph_hit(distances[j], chosen[i + j]) < bar) return false;
    }
  }
  return true;
}

// The neighbour heuristic of the paper: in order of distance, a candidate is chosen unless one chosen before is nearer to it
// than the node is; so links point in different directions. `kept` are chosen in any case, and places are kept for them.
void HnswGraph::select(const GraphRows& rows, std::uint32_t node, std::span<const GraphHit> candidates,
                       std::size_t limit, const std::vector<std::uint32_t>* kept, Scratch& s,
                       std::vector<std::uint32_t>& out) const {
  std::size_t waiting = kept == nullptr ? 0 : kept->size();
  out.clear();
  for (const GraphHit hit : candidates) {
    const std::uint32_t slot = slot_of(hit);
    if (kept != nullptr && std::find(kept->begin(), kept->end(), slot) != kept->end()) {
      out.push_back(slot);
      --waiting;
    } else if (out.size() + waiting < limit) {
      if (apart(rows, node, hit, out, s)) out.push_back(slot);
    } else if (waiting == 0) {
      break;
    }
  }
}

// Adds a link; where there is no place left, all are chosen anew, but those of the tree stay.
void HnswGraph::connect(const GraphRows& rows, std::uint32_t from, std::uint32_t to, std::uint32_t layer, bool tree,
                        Scratch& s) {
  std::uint32_t* links = block_to_change(from, layer);
  const std::uint32_t places = cap(layer), link = tree ? to | kTree : to;
  for (std::uint32_t i = 0; i < places && links[i] != kNoLink; ++i) {
    if (target(links[i]) == to) {
      links[i] |= link & kTree;
      return;
    }
  }
  if (links[places - 1] != kNoLink) drop_holes(from, layer);
  std::uint32_t* free = std::find(links, links + places, kNoLink);
  if (free != links + places) {
    *free = link;
    return;
  }
  s.chosen.clear();
  s.kept.clear();
  for (std::uint32_t i = 0; i < places; ++i) {
    s.chosen.push_back(target(links[i]));
    if ((links[i] & kTree) != 0) s.kept.push_back(target(links[i]));
  }
  s.chosen.push_back(to);
  if (tree) s.kept.push_back(to);
  s.distances.resize(std::max<std::size_t>(s.distances.size(), s.chosen.size()));
  rows.probe(from, s.probe);
  rows.distances(s.probe, s.chosen.data(), s.chosen.size(), s.distances.data());
  s.hits.clear();
  for (std::size_t i = 0; i < s.chosen.size(); ++i) s.hits.push_back(graph_hit(s.distances[i], s.chosen[i]));
  std::sort(s.hits.begin(), s.hits.end());
  select(rows, from, s.hits, places, &s.kept, s, s.chosen);
  std::fill(links, links + places, kNoLink);
  for (std::size_t i = 0; i < s.chosen.size(); ++i) {
    const bool stays = std::find(s.kept.begin(), s.kept.end(), s.chosen[i]) != s.kept.end();
    links[i] = stays ? s.chosen[i] | kTree : s.chosen[i];
  }
}

// A link of the tree, in both directions.
void HnswGraph::join(const GraphRows& rows, std::uint32_t a, std::uint32_t b, Scratch& s) {
  connect(rows, a, b, 0, true, s);
  connect(rows, b, a, 0, true, s);
}

// The first slot with a place for one more link of the tree, going outwards from one through the tree. A tree has leaves, so
// there is one.
std::uint32_t HnswGraph::with_room(std::uint32_t start) const {
  std::vector<std::uint32_t> line = {start};
  for (std::size_t i = 0;; ++i) {
    if (tree_degree(line[i]) < cap(0)) return line[i];
    const std::uint32_t* links = block(line[i], 0);
    for (std::uint32_t j = 0; j < cap(0) && links[j] != kNoLink; ++j) {
      const std::uint32_t slot = target(links[j]);
      if ((links[j] & kTree) != 0 && std::find(line.begin(), line.end(), slot) == line.end()) line.push_back(slot);
    }
  }
}

void HnswGraph::pick_entry() {
  entry_ = kNoSlot;
  for (std::uint32_t slot = 0; slot < size(); ++slot) {
    if (levels_[slot] == kHole) continue;
    if (entry_ == kNoSlot || levels_[slot] > levels_[entry_]) entry_ = slot;
  }
}

void HnswGraph::append_slot(const GraphRows& rows) {
  const auto slot = static_cast<std::uint32_t>(size());
  const std::uint32_t level = level_of_ordinal(next_ordinal_++);
  levels_.push_back(static_cast<std::uint8_t>(level));
  links_.resize(links_.size() + cap(0));
  std::fill_n(block_to_change(slot, 0), cap(0), kNoLink);
  if (level > 0) {
    const std::size_t at = upper_.size();
    tall_.push_back(slot);
    tall_at_.push_back(static_cast<std::uint32_t>(at));
    upper_.resize(at + std::size_t{level} * options_.m);
    std::fill(upper_.own() + at, upper_.own() + upper_.size(), kNoLink);
  }
  if (options_.sign_words != 0) {
    signs_.resize(signs_.size() + options_.sign_words);
    rows.signs(slot, signs_.own() + std::size_t{slot} * options_.sign_words);
  }
  if (slot / 64 >= alive_.size()) alive_.push_back(0);
  alive_[slot / 64] |= std::uint64_t{1} << (slot % 64);
  ++live_;
}

}  // namespace paritas
