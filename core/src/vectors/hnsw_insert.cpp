#include <algorithm>

#include "base/parallel.hpp"
#include "hnsw_scratch.hpp"

namespace paritas {

namespace {
struct Link {  // from a row that is there to one of the round
  std::uint32_t from, layer, to;
  bool tree;
};
}  // namespace

std::size_t HnswGraph::round() const noexcept { return std::clamp<std::size_t>(live_ / 10, 1, 256); }

// What the rows of a round find and choose, each for itself: they see the graph as it was before the round, and each
// other where one stands before the other.
struct HnswGraph::Round {
  struct Member {
    std::vector<std::vector<std::uint32_t>> chosen;  // by layer
    std::vector<GraphHit> nearest;                   // of layer 0
  };
  std::vector<Member> members;
};

void HnswGraph::insert(const GraphRows& rows, std::size_t count, std::size_t threads) {
  const auto first = static_cast<std::uint32_t>(size());
  const std::uint32_t old_entry = entry_;
  const std::size_t before = live_;
  for (std::size_t i = 0; i < count; ++i) append_slot(rows);
  Round round;
  round.members.resize(count);
  const std::uint32_t top = old_entry == kNoSlot ? 0 : levels_[old_entry];

  const auto find = [&](std::uint32_t slot, Scratch& s, GraphProbe& probe, Round::Member& out) {
    rows.probe(slot, probe);
    probe.signs.assign(signs_.data() + std::size_t{slot} * options_.sign_words,
                       signs_.data() + std::size_t{slot + 1} * options_.sign_words);
    const std::uint32_t level = levels_[slot];
    out.chosen.resize(level + 1);
    std::uint32_t at = old_entry;
    if (at != kNoSlot) {
      for (std::uint32_t layer = top; layer > level; --layer) {
        walk(rows, probe, layer, 1, at, s);
        at = static_cast<std::uint32_t>(s.pool[0]) >> 1;
      }
    }
    std::vector<std::uint32_t> others;
    std::vector<float> distances;
    std::vector<GraphHit> hits;
    for (std::uint32_t other = first; other < slot; ++other) others.push_back(other);
    distances.resize(others.size());
    for (std::size_t i = 0; i < others.size(); i += 64) {
      rows.distances(probe, others.data() + i, std::min<std::size_t>(64, others.size() - i), distances.data() + i);
    }
    for (std::uint32_t layer = level + 1; layer-- > 0;) {
      hits.clear();
      if (at != kNoSlot && layer <= top) {
        walk(rows, probe, layer, options_.ef_construction, at, s);
        at = static_cast<std::uint32_t>(s.pool[0]) >> 1;
        for (const std::uint64_t entry : s.pool)
          hits.push_back((entry >> 32) << 32 | static_cast<std::uint32_t>(entry) >> 1);
      }
      for (std::size_t i = 0; i < others.size(); ++i) {
        if (levels_[others[i]] >= layer) hits.push_back(graph_hit(distances[i], others[i]));
      }
      std::sort(hits.begin(), hits.end());
      if (hits.size() > options_.ef_construction) hits.resize(options_.ef_construction);
      select(rows, slot, hits, options_.m, nullptr, s, out.chosen[layer]);
    }
    out.nearest = std::move(hits);
  };
  parallel_for(count, threads, [&](std::size_t begin, std::size_t end) {
    Lease lease(*this);
    GraphProbe probe;
    for (std::size_t i = begin; i < end; ++i) {
      find(first + static_cast<std::uint32_t>(i), *lease, probe, round.members[i]);
    }
  });

  // In order: the links of each row, and its place in the tree, the nearest that has room there.
  std::vector<Link> links;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> grown;  // tree degrees that are not in the links yet
  const auto room = [&](std::uint32_t slot) {
    std::uint32_t degree = tree_degree(slot);
    for (const auto& [parent, child] : grown) degree += parent == slot;
    return degree < cap(0);
  };
  for (std::size_t i = 0; i < count; ++i) {
    const auto slot = first + static_cast<std::uint32_t>(i);
    auto& [chosen, nearest] = round.members[i];
    std::uint32_t parent = kNoSlot;
    if (before + i > 0) {
      for (const std::uint32_t to : chosen[0]) {
        if (parent == kNoSlot && room(to)) parent = to;
      }
      for (const GraphHit hit : nearest) {
        if (parent == kNoSlot && room(slot_of(hit))) parent = slot_of(hit);
      }
      for (std::uint32_t other = 0; parent == kNoSlot; ++other) {
        if (other != slot && alive(other) && room(other)) parent = other;
      }
      grown.emplace_back(parent, slot);
    }
    for (std::uint32_t layer = 0; layer < chosen.size(); ++layer) {
      std::uint32_t* block = block_to_change(slot, layer);
      bool missing = layer == 0 && parent != kNoSlot;
      for (const std::uint32_t to : chosen[layer]) {
        const bool tree = layer == 0 && to == parent;
        missing = missing && !tree;
        *block++ = tree ? to | kTree : to;
        links.push_back({to, layer, slot, tree});
      }
      if (missing) {
        *block = parent | kTree;
        links.push_back({parent, 0, slot, true});
      }
    }
  }
  // The links back: those of one row in order, different rows at once.
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    return a.from != b.from ? a.from < b.from : a.layer != b.layer ? a.layer < b.layer : a.to < b.to;
  });
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (i == 0 || links[i].from != links[i - 1].from) starts.push_back(i);
  }
  starts.push_back(links.size());
  parallel_for(starts.size() - 1, threads, [&](std::size_t begin, std::size_t end) {
    Lease lease(*this);
    for (std::size_t i = starts[begin]; i < starts[end]; ++i) {
      connect(rows, links[i].from, links[i].to, links[i].layer, links[i].tree, *lease);
    }
  });
  for (std::size_t i = 0; i < count; ++i) {
    const auto slot = first + static_cast<std::uint32_t>(i);
    if (entry_ == kNoSlot || levels_[slot] > levels_[entry_]) entry_ = slot;
  }
}

std::size_t HnswGraph::insert_all(const GraphRows& rows, std::size_t count, std::size_t threads,
                                  const std::function<bool(std::size_t)>& go_on) {
  std::size_t done = 0;
  while (done < count) {
    const std::size_t next = std::min(round(), count - done);
    insert(rows, next, threads);
    done += next;
    if (go_on && !go_on(done)) break;
  }
  return done;
}

}  // namespace paritas
