#include <algorithm>

#include "hnsw_index.hpp"

namespace paritas {

std::size_t HnswIds::home(std::int64_t id) const {
  const std::uint64_t mixed =
      (static_cast<std::uint64_t>(id) ^ static_cast<std::uint64_t>(id) >> 32) * 0x9e3779b97f4a7c15U;
  return static_cast<std::size_t>(mixed >> 32) & (table_.size() - 1);
}

std::uint32_t HnswIds::find(std::int64_t id, const HnswGraph& graph) const {
  if (rising_) {
    const std::int64_t* end = ids_.data() + ids_.size();
    const std::int64_t* at = std::lower_bound(ids_.data(), end, id);
    const auto slot = static_cast<std::uint32_t>(at - ids_.data());
    return at != end && *at == id && graph.alive(slot) ? slot : kNoSlot;
  }
  for (std::size_t at = home(id);; at = (at + 1) & (table_.size() - 1)) {
    if (table_[at] == kNoSlot || ids_[table_[at]] == id) return table_[at];
  }
}

void HnswIds::place(std::uint32_t slot) {
  std::size_t at = home(ids_[slot]);
  while (table_[at] != kNoSlot) at = (at + 1) & (table_.size() - 1);
  table_[at] = slot;
  ++used_;
}

bool HnswIds::fill(const HnswGraph& graph, std::size_t room) {
  std::size_t size = 16;
  while (size * 7 < room * 8) size *= 2;
  table_.assign(size, kNoSlot);
  used_ = 0;
  for (std::uint32_t slot = 0; slot < ids_.size(); ++slot) {
    if (!graph.alive(slot)) continue;
    if (find(ids_[slot], graph) != kNoSlot) return false;
    place(slot);
  }
  return true;
}

void HnswIds::push_back(std::int64_t id, const HnswGraph& graph) {
  const bool rises = ids_.size() == 0 || id > ids_[ids_.size() - 1];
  if (rising_ && !rises) {
    rising_ = false;
    fill(graph, ids_.size() + 1);
  }
  if (!rising_ && (used_ + 1) * 8 > table_.size() * 7) fill(graph, used_ * 2);
  ids_.push_back(id);
  if (!rising_) place(static_cast<std::uint32_t>(ids_.size() - 1));
}

void HnswIds::erase(std::int64_t id, std::uint32_t slot) {
  if (rising_) return;
  const std::size_t mask = table_.size() - 1;
  std::size_t at = home(id);
  while (table_[at] != slot) at = (at + 1) & mask;
  // Move back what a search would no longer reach over the gap.
  for (std::size_t next = (at + 1) & mask; table_[next] != kNoSlot; next = (next + 1) & mask) {
    if (((next - home(ids_[table_[next]])) & mask) < ((next - at) & mask)) continue;
    table_[at] = table_[next];
    at = next;
  }
  table_[at] = kNoSlot;
  --used_;
}

void HnswIds::keep(const std::vector<std::uint64_t>& bits, std::size_t count, const HnswGraph& after) {
  Column<std::int64_t> kept;
  kept.reserve(count);
  for (std::uint32_t slot = 0; slot < ids_.size(); ++slot) {
    if ((bits[slot / 64] >> (slot % 64) & 1) != 0) kept.push_back(ids_[slot]);
  }
  ids_ = std::move(kept);
  rising_ = std::is_sorted(ids_.data(), ids_.data() + ids_.size());
  table_ = {};
  if (!rising_) fill(after, count);
}

bool HnswIds::open(Column<std::int64_t> ids, std::int64_t largest, const HnswGraph& graph) {
  ids_ = std::move(ids);
  rising_ = true;
  for (std::uint32_t slot = 0; slot < ids_.size(); ++slot) {
    if (ids_[slot] < 0 || ids_[slot] > largest) return false;
    rising_ = rising_ && (slot == 0 || ids_[slot] > ids_[slot - 1]);
  }
  return rising_ || fill(graph, graph.live());
}

}  // namespace paritas
