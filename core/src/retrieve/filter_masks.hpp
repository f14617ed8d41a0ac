#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "paritas/retrieve/filter.hpp"
#include "retrieve/filter_tree.hpp"

namespace paritas {

/// One bit for each ordinal.
struct Mask {
  std::size_t count = 0;             // ordinals
  std::size_t passing = 0;           // bits that are 1
  std::vector<std::uint64_t> words;  // bit i % 64 of word i / 64; those behind `count` are 0

  [[nodiscard]] bool operator[](std::size_t i) const noexcept { return (words[i >> 6] >> (i & 63) & 1) != 0; }
  void set(std::size_t i) noexcept {
    words[i >> 6] |= std::uint64_t{1} << (i & 63);
    ++passing;
  }
  void grow(std::size_t to) {
    count = to;
    words.resize((to + 63) / 64, 0);
  }
};

/// Which ordinals of an index pass a filter, and what is kept to say so quickly: for each key that an equality asks
/// for, the ordinals by value, made at the first use; and the masks of the last filters. More ordinals may come behind
/// the old ones at any time; when the metadata of an old one changes, call clear(). Whether an ordinal is live is the
/// index's own affair.
///
/// Threads: many at once, except clear(); all of them must see one state of the index.
class FilterMasks {
 public:
  /// Metadata of an ordinal of the owner, as encode_metadata writes it.
  using MetadataAt = std::optional<std::string_view> (*)(const void* owner, std::size_t ordinal);

  /// The mask of the ordinals below `count`.
  std::shared_ptr<const Mask> of(const Filter& filter, std::size_t count, const void* owner, MetadataAt metadata_at);

  void clear();
  [[nodiscard]] std::size_t heap_bytes() const;

 private:
  /// The ordinals of each value of one key: chains that grow at their ends. A chain may hold values whose hashes are
  /// equal, so what it gives is tested again.
  struct Column {
    struct Chain {
      std::uint64_t hash = 0;
      std::uint32_t first = 0, last = 0;  // ordinal + 1; 0 for none
    };
    std::string key;
    std::vector<std::uint32_t> next;  // ordinal + 1 of the one behind each ordinal
    std::vector<Chain> chains;        // open addressing
    std::size_t used = 0;

    Chain& chain(std::uint64_t hash);
    void extend(std::size_t count, const void* owner, MetadataAt metadata_at);
  };
  struct Kept {
    std::string filter;
    std::shared_ptr<Mask> mask;
  };

  Column& column(std::string_view key);

  mutable std::mutex mutex_;
  std::vector<Column> columns_;
  std::vector<Kept> kept_;  // the last used one at the end
};

}  // namespace paritas
