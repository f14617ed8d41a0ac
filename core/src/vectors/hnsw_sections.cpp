#include <algorithm>

#include "base/bytes.hpp"
#include "hnsw_scratch.hpp"

namespace paritas {
namespace {

template <class T>
bool view(std::string_view bytes, std::uint64_t count, const std::shared_ptr<const void>& owner, Column<T>& out) {
  if (bytes.size() / sizeof(T) != count || bytes.size() % sizeof(T) != 0) return false;
  out = Column<T>(reinterpret_cast<const T*>(bytes.data()), static_cast<std::size_t>(count), owner);
  return true;
}

}  // namespace

void HnswGraph::sections(std::string& head, std::string_view (&out)[kSections]) const {
  head.clear();
  bytes::put_u32(head, options_.m);
  bytes::put_u32(head, options_.ef_construction);
  bytes::put_u64(head, options_.seed);
  bytes::put_u32(head, options_.sign_words);
  bytes::put_u32(head, entry_);
  bytes::put_u64(head, next_ordinal_);
  bytes::put_u64(head, size());
  out[0] = head;
  out[1] = levels_.bytes();
  out[2] = links_.bytes();
  out[3] = upper_.bytes();
  out[4] = signs_.bytes();
}

std::unique_ptr<HnswGraph> HnswGraph::open(std::span<const std::string_view> sections, bool check,
                                           const std::shared_ptr<const void>& owner, std::size_t& bad) {
  bytes::Reader head(sections[0]);
  GraphOptions options;
  options.m = head.u32();
  options.ef_construction = head.u32();
  options.seed = head.u64();
  options.sign_words = head.u32();
  const std::uint32_t entry = head.u32();
  const std::uint64_t next_ordinal = head.u64(), slots = head.u64();
  bad = 0;
  if (head.bad() || head.left() != 0 || options.m < 2 || options.m > 256 || options.ef_construction < 1 ||
      options.sign_words > 1024 || slots >= kNoSlot || slots > next_ordinal) {
    return nullptr;
  }
  auto graph = std::make_unique<HnswGraph>(options);
  graph->next_ordinal_ = next_ordinal;
  graph->entry_ = entry;
  const auto count = static_cast<std::size_t>(slots);
  bad = 1;
  if (!view(sections[1], count, owner, graph->levels_)) return nullptr;
  graph->alive_.assign((count + 63) / 64, 0);
  std::uint64_t upper = 0;
  std::uint32_t top = 0;
  for (std::uint32_t slot = 0; slot < count; ++slot) {
    const std::uint32_t level = graph->levels_[slot];
    if (level == kHole) continue;
    if (level > 31) return nullptr;
    graph->alive_[slot / 64] |= std::uint64_t{1} << (slot % 64);
    ++graph->live_;
    top = std::max(top, level);
    if (level == 0) continue;
    graph->tall_.push_back(slot);
    graph->tall_at_.push_back(static_cast<std::uint32_t>(upper));
    upper += std::uint64_t{level} * options.m;
    if (upper > 0xFFFF'FFFF) return nullptr;
  }
  bad = 0;
  if (graph->live_ == 0 ? entry != kNoSlot : entry >= count || !graph->alive(entry) || graph->levels_[entry] != top) {
    return nullptr;
  }
  bad = 4;
  if (!view(sections[4], slots * options.sign_words, owner, graph->signs_)) return nullptr;
  bad = 3;
  if (!view(sections[3], upper, owner, graph->upper_) || !graph->upper_sound()) return nullptr;
  bad = 2;
  if (!view(sections[2], slots * graph->cap(0), owner, graph->links_)) return nullptr;
  if (check && !graph->sound()) return nullptr;
  return graph;
}

// Above layer 0, which is small, every link: a walk looks for the block of its target.
bool HnswGraph::upper_sound() const {
  for (const std::uint32_t slot : tall_) {
    for (std::uint32_t layer = 1; layer <= levels_[slot]; ++layer) {
      const std::uint32_t* links = block(slot, layer);
      bool ended = false;
      for (std::uint32_t i = 0; i < cap(layer); ++i) {
        if (links[i] == kNoLink) {
          ended = true;
          continue;
        }
        if (ended || links[i] >= size() || links[i] == slot) return false;
        if (!alive(links[i]) || levels_[links[i]] < layer) return false;
      }
    }
  }
  return true;
}

// On layer 0: every link, and that those of the tree are one.
bool HnswGraph::sound() const {
  std::size_t ends = 0;
  for (std::uint32_t slot = 0; slot < size(); ++slot) {
    const std::uint32_t* links = block(slot, 0);
    bool ended = false;
    for (std::uint32_t i = 0; i < cap(0); ++i) {
      if (links[i] == kNoLink) {
        ended = true;
        continue;
      }
      const std::uint32_t to = target(links[i]);
      if (ended || to >= size() || to == slot) return false;
      if ((links[i] & kTree) == 0) continue;
      if (!alive(slot) || !alive(to)) return false;
      const std::uint32_t* back = block(to, 0);
      if (std::find(back, back + cap(0), slot | kTree) == back + cap(0)) return false;
      ++ends;
    }
  }
  if (live_ == 0) return true;
  if (ends != 2 * (live_ - 1)) return false;
  std::vector<std::uint32_t> line = {entry_};  // as many edges as a tree has, and all reached: it is one
  std::vector<std::uint64_t> seen(alive_.size(), 0);
  seen[entry_ / 64] |= std::uint64_t{1} << (entry_ % 64);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::uint32_t* links = block(line[i], 0);
    for (std::uint32_t j = 0; j < cap(0) && links[j] != kNoLink; ++j) {
      const std::uint32_t to = target(links[j]);
      if ((links[j] & kTree) == 0 || (seen[to / 64] >> (to % 64) & 1) != 0) continue;
      seen[to / 64] |= std::uint64_t{1} << (to % 64);
      line.push_back(to);
    }
  }
  return line.size() == live_;
}

}  // namespace paritas
