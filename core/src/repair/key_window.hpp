#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "paritas/base/hash.hpp"

namespace paritas::repair {

/// The last distinct keys: a table of places and a list from the latest to the oldest.
class KeyWindow {
 public:
  explicit KeyWindow(std::size_t most) : most_(most) { clear(); }

  /// Makes a key the latest; whether it was there. The oldest one goes when there are too many.
  bool meet(const Hash128& key) {
    const std::size_t at = find(key);
    if (table_[at] != kNone) {
      const std::uint32_t slot = table_[at];
      if (slot != latest_) {
        unlink(slot);
        link(slot);
      }
      return true;
    }
    if (slots_.size() < most_) {
      slots_.push_back({key, kNone, kNone});
      const auto slot = static_cast<std::uint32_t>(slots_.size() - 1);
      table_[at] = slot;
      link(slot);
      if (2 * slots_.size() > table_.size()) rehash(2 * table_.size());
      return false;
    }
    const std::uint32_t slot = oldest_;
    erase(find(slots_[slot].key));
    unlink(slot);
    slots_[slot].key = key;
    table_[find(key)] = slot;
    link(slot);
    return false;
  }

  void clear() {
    slots_.clear();
    table_.assign(16, kNone);
    latest_ = oldest_ = kNone;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  struct Slot {
    Hash128 key;
    std::uint32_t newer, older;
  };

  [[nodiscard]] std::size_t home(const Hash128& key) const noexcept {
    return static_cast<std::size_t>(key.low) & (table_.size() - 1);
  }
  /// Where the key is, or where it would be put.
  [[nodiscard]] std::size_t find(const Hash128& key) const noexcept {
    std::size_t at = home(key);
    while (table_[at] != kNone && !(slots_[table_[at]].key == key)) at = (at + 1) & (table_.size() - 1);
    return at;
  }
  /// Empties a place and moves up those behind it that could not stand where they belong.
  void erase(std::size_t gap) noexcept {
    const std::size_t mask = table_.size() - 1;
    for (std::size_t at = (gap + 1) & mask; table_[at] != kNone; at = (at + 1) & mask) {
      const std::size_t wanted = home(slots_[table_[at]].key);
      if (((at - wanted) & mask) < ((at - gap) & mask)) continue;
      table_[gap] = table_[at];
      gap = at;
    }
    table_[gap] = kNone;
  }
  void rehash(std::size_t size) {
    table_.assign(size, kNone);
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
      table_[find(slots_[slot].key)] = static_cast<std::uint32_t>(slot);
    }
  }
  void unlink(std::uint32_t slot) noexcept {
    const Slot& own = slots_[slot];
    (own.newer == kNone ? latest_ : slots_[own.newer].older) = own.older;
    (own.older == kNone ? oldest_ : slots_[own.older].newer) = own.newer;
  }
  void link(std::uint32_t slot) noexcept {
    slots_[slot].newer = kNone;
    slots_[slot].older = latest_;
    (latest_ == kNone ? oldest_ : slots_[latest_].newer) = slot;
    latest_ = slot;
  }

  std::size_t most_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> table_;  // a power of two, at most half full
  std::uint32_t latest_ = kNone, oldest_ = kNone;
};

}  // namespace paritas::repair
