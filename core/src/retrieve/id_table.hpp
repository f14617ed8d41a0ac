#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/retrieve/doc_id.hpp"

namespace paritas {

inline constexpr std::uint32_t kNoOrdinal = 0xFFFFFFFF;

/// The bytes by which a table knows an id: what kind it is, then the text or the eight bytes of the number.
std::string id_key(const DocId& id);
DocId id_of(std::string_view key);

/// Numbers for byte strings that stand elsewhere: open addressing, linear probing, at most 3/4 full.
class Table {
 public:
  struct Slot {
    std::uint32_t tag;     // the upper half of the hash
    std::uint32_t number;  // kNoOrdinal: free
  };
  template <class Same>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, const Same& same) const {
    if (slots_.empty()) return kNoOrdinal;
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Slot& slot = slots_[at];
      if (slot.number == kNoOrdinal) return kNoOrdinal;
      if (slot.tag == static_cast<std::uint32_t>(hash >> 32) && same(slot.number)) return slot.number;
    }
  }
  /// hash_of gives the hash of a number that stands in the table.
  template <class HashOf>
  void insert(std::uint64_t hash, std::uint32_t number, const HashOf& hash_of) {
    if ((count_ + 1) * 4 > slots_.size() * 3) grow(hash_of);
    place(hash, number);
    ++count_;
  }
  template <class HashOf>
  void erase(std::uint64_t hash, std::uint32_t number, const HashOf& hash_of) {
    std::size_t at = hash & mask();
    while (slots_[at].number != number) at = (at + 1) & mask();
    // Move back what a search would no longer reach over the hole.
    for (std::size_t next = (at + 1) & mask(); slots_[next].number != kNoOrdinal; next = (next + 1) & mask()) {
      const std::size_t home = hash_of(slots_[next].number) & mask();
      if (((next - home) & mask()) < ((next - at) & mask())) continue;
      slots_[at] = slots_[next];
      at = next;
    }
    slots_[at].number = kNoOrdinal;
    --count_;
  }
  [[nodiscard]] std::size_t heap_bytes() const { return slots_.capacity() * sizeof(Slot); }

 private:
  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  void place(std::uint64_t hash, std::uint32_t number) {
    std::size_t at = hash & mask();
    while (slots_[at].number != kNoOrdinal) at = (at + 1) & mask();
    slots_[at] = {static_cast<std::uint32_t>(hash >> 32), number};
  }
  template <class HashOf>
  void grow(const HashOf& hash_of) {
    std::vector<Slot> old(slots_.empty() ? 16 : slots_.size() * 2, Slot{0, kNoOrdinal});
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number != kNoOrdinal) place(hash_of(slot.number), slot.number);
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace paritas
