#include <algorithm>

#include "hnsw_scratch.hpp"

namespace paritas {

void HnswGraph::remove(const GraphRows& rows, std::uint32_t slot) {
  Lease lease(*this);
  Scratch& s = *lease;
  const std::uint32_t level = levels_[slot];
  std::vector<std::uint32_t> trees;
  std::vector<std::vector<std::uint32_t>> lost(level +
                                               1);  // whose links the slot had, or who had links to it, by layer
  std::uint32_t* links = block_to_change(slot, 0);
  for (std::uint32_t i = 0; i < cap(0) && links[i] != kNoLink; ++i) {
    const std::uint32_t to = target(links[i]);
    if ((links[i] & kTree) != 0) trees.push_back(to);
    links[i] = to;  // they stay for those that still have a link to here: see mend
    if (alive(to)) lost[0].push_back(to);
  }
  alive_[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
  levels_.own()[slot] = kHole;
  --live_;
  for (const std::uint32_t from : lost[0]) drop_holes(from, 0);
  if (level > 0) {
    drop_upper(slot, level);
    for (const std::uint32_t from : tall_) {  // few enough to ask all
      for (std::uint32_t layer = 1; layer <= std::min<std::uint32_t>(level, levels_[from]); ++layer) {
        if (drop_holes(from, layer)) lost[layer].push_back(from);
      }
    }
  }
  // What was reached through the slot are trees of their own now; the first takes the others in, where it has room.
  for (std::size_t i = 1; i < trees.size(); ++i) join(rows, with_room(trees[0]), with_room(trees[i]), s);
  for (std::uint32_t layer = 0; layer <= level; ++layer) {
    for (const std::uint32_t from : lost[layer]) refill(rows, from, layer, lost[layer], s);
  }
  if (slot == entry_) pick_entry();
}

bool HnswGraph::drop_holes(std::uint32_t from, std::uint32_t layer) {
  std::uint32_t* links = block_to_change(from, layer);
  std::uint32_t* end = std::find(links, links + cap(layer), kNoLink);
  std::uint32_t* kept = std::remove_if(links, end, [&](std::uint32_t link) { return !alive(target(link)); });
  std::fill(kept, end, kNoLink);
  return kept != end;
}

// A slot takes what the heuristic grants it among others, as far as it has places; the links that it has stay.
void HnswGraph::refill(const GraphRows& rows, std::uint32_t from, std::uint32_t layer,
                       const std::vector<std::uint32_t>& others, Scratch& s) {
  std::uint32_t* links = block_to_change(from, layer);
  auto used = static_cast<std::uint32_t>(std::find(links, links + cap(layer), kNoLink) - links);
  if (used == cap(layer)) return;
  s.chosen.clear();
  for (std::uint32_t i = 0; i < used; ++i) s.chosen.push_back(target(links[i]));
  s.kept.clear();
  for (const std::uint32_t other : others) {
    if (other != from && std::find(s.chosen.begin(), s.chosen.end(), other) == s.chosen.end()) s.kept.push_back(other);
  }
  s.distances.resize(std::max<std::size_t>(s.distances.size(), s.kept.size()));
  rows.probe(from, s.probe);
  rows.distances(s.probe, s.kept.data(), s.kept.size(), s.distances.data());
  s.hits.clear();
  for (std::size_t i = 0; i < s.kept.size(); ++i) s.hits.push_back(graph_hit(s.distances[i], s.kept[i]));
  std::sort(s.hits.begin(), s.hits.end());
  for (const GraphHit hit : s.hits) {
    if (used == cap(layer)) break;
    if (!apart(rows, from, hit, s.chosen, s)) continue;
    links[used++] = slot_of(hit);
    s.chosen.push_back(slot_of(hit));
  }
}

// On layer 0 a hole may still have links to it from where it had none. Each of these rows gets the chance to take the
// links of the hole instead, before the hole is closed.
void HnswGraph::mend(const GraphRows& rows) {
  Lease lease(*this);
  std::vector<std::uint32_t> others;
  for (std::uint32_t slot = 0; slot < size(); ++slot) {
    if (!alive(slot)) continue;
    const std::uint32_t* links = block(slot, 0);
    others.clear();
    for (std::uint32_t i = 0; i < cap(0) && links[i] != kNoLink; ++i) {
      if (alive(target(links[i]))) continue;
      const std::uint32_t* next = block(target(links[i]), 0);
      for (std::uint32_t j = 0; j < cap(0) && next[j] != kNoLink; ++j) {
        if (alive(next[j])) others.push_back(next[j]);
      }
    }
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    if (drop_holes(slot, 0)) refill(rows, slot, 0, others, *lease);
  }
}

// The blocks above layer 0 stand in the order of their slots, without gaps.
void HnswGraph::drop_upper(std::uint32_t slot, std::uint32_t level) {
  const auto at = std::lower_bound(tall_.begin(), tall_.end(), slot) - tall_.begin();
  const std::uint32_t size = level * options_.m;
  std::uint32_t* begin = upper_.own() + tall_at_[static_cast<std::size_t>(at)];
  std::copy(begin + size, upper_.own() + upper_.size(), begin);
  upper_.resize(upper_.size() - size);
  tall_.erase(tall_.begin() + at);
  tall_at_.erase(tall_at_.begin() + at);
  for (auto later = tall_at_.begin() + at; later != tall_at_.end(); ++later) *later -= size;
}

void HnswGraph::renumber(const GraphRows& rows) {
  mend(rows);
  std::vector<std::uint32_t> number(size());
  std::uint32_t next = 0;
  for (std::uint32_t slot = 0; slot < size(); ++slot) number[slot] = alive(slot) ? next++ : kNoSlot;
  const auto moved = [&](std::uint32_t* out, const std::uint32_t* in, std::uint32_t places) {
    std::uint32_t used = 0;
    for (std::uint32_t i = 0; i < places && in[i] != kNoLink; ++i) {
      const std::uint32_t to = number[target(in[i])];
      if (to != kNoSlot) out[used++] = to | (in[i] & kTree);
    }
    std::fill(out + used, out + places, kNoLink);
  };
  Column<std::uint8_t> levels;
  Column<std::uint32_t> links, upper;
  Column<std::uint64_t> signs;
  std::vector<std::uint32_t> tall, tall_at;
  levels.resize(live_);
  links.resize(live_ * cap(0));
  signs.resize(live_ * options_.sign_words);
  for (std::uint32_t slot = 0; slot < size(); ++slot) {
    const std::uint32_t to = number[slot];
    if (to == kNoSlot) continue;
    levels.own()[to] = levels_[slot];
    moved(links.own() + std::size_t{to} * cap(0), block(slot, 0), cap(0));
    std::copy_n(signs_.data() + std::size_t{slot} * options_.sign_words, options_.sign_words,
                signs.own() + std::size_t{to} * options_.sign_words);
    if (levels_[slot] == 0) continue;
    const std::size_t at = upper.size();
    tall.push_back(to);
    tall_at.push_back(static_cast<std::uint32_t>(at));
    upper.resize(at + std::size_t{levels_[slot]} * options_.m);
    for (std::uint32_t layer = 1; layer <= levels_[slot]; ++layer) {
      moved(upper.own() + at + std::size_t{layer - 1} * options_.m, block(slot, layer), options_.m);
    }
  }
  if (entry_ != kNoSlot) entry_ = number[entry_];
  levels_ = std::move(levels);
  links_ = std::move(links);
  upper_ = std::move(upper);
  signs_ = std::move(signs);
  tall_ = std::move(tall);
  tall_at_ = std::move(tall_at);
  alive_.assign((live_ + 63) / 64, 0);
  for (std::size_t slot = 0; slot < live_; ++slot) alive_[slot / 64] |= std::uint64_t{1} << (slot % 64);
}

std::size_t HnswGraph::rebuild(const GraphRows& rows, std::size_t threads,
                               const std::function<bool(std::size_t)>& go_on) {
  HnswGraph fresh(options_);
  fresh.reserve(live_);
  const std::size_t done = fresh.insert_all(rows, live_, threads, go_on);
  if (done == live_) *this = std::move(fresh);
  return done;
}

}  // namespace paritas
