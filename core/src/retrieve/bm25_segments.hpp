#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieve/bm25_formula.hpp"
#include "retrieve/bm25_index.hpp"
#include "retrieve/filter_masks.hpp"
#include "retrieve/segment.hpp"

namespace paritas {

/// A segment and what was removed from it since.
class FrozenPart {
 public:
  explicit FrozenPart(Segment opened) : segment(std::move(opened)) {}

  const Segment segment;
  std::uint32_t base = 0;  // ordinal of its first document in the whole index

  [[nodiscard]] std::uint32_t live() const { return segment.docs() - static_cast<std::uint32_t>(in_order_.size()); }
  [[nodiscard]] std::uint32_t removed() const { return static_cast<std::uint32_t>(in_order_.size()); }
  [[nodiscard]] bool is_removed(std::uint32_t doc) const {
    return !removed_.empty() && (removed_[doc / 64] >> doc % 64 & 1) != 0;
  }
  [[nodiscard]] const std::vector<std::uint64_t>& removed_bits() const { return removed_; }
  /// The document must be live. Not while others read.
  void remove(std::uint32_t doc);
  /// How many live documents hold a term. Removed ones are counted when a term is asked for: no list of the terms of
  /// each document is kept.
  [[nodiscard]] std::uint32_t live_df(std::uint32_t term) const;
  [[nodiscard]] std::size_t heap_bytes() const {
    return removed_.capacity() * 8 + in_order_.capacity() * 4 +
           (counted_ == nullptr ? 0 : std::size_t{8} * segment.terms());
  }

 private:
  std::vector<std::uint64_t> removed_;   // a bit for each document; empty while none is
  std::vector<std::uint32_t> in_order_;  // of removal
  // For each term, how many of the first so many of in_order_ (high half) hold it (low half).
  std::unique_ptr<std::atomic<std::uint64_t>[]> counted_;
};

/// All documents of an index: frozen parts, then those that were added last. Ordinals go through all of them in order of
/// adding. The caller holds the lock: alone to change, shared to read.
struct Bm25Segments {
  /// So many documents or bytes of texts and postings, and they are frozen.
  static constexpr std::uint32_t kMostGrowing = 65536;
  static constexpr std::size_t kMostGrowingBytes = std::size_t{64} << 20;
  /// A bulk leaves its documents frozen if they are so many and a 16th of all: what comes in bulk is read more often
  /// than it changes.
  static constexpr std::uint32_t kBulk = 256;

  Bm25Formula formula;
  TfTable table;
  mutable FilterMasks masks;
  std::string options;  // the section of a file
  std::vector<std::unique_ptr<FrozenPart>> parts;
  Bm25Index growing;
  std::uint64_t live = 0, total_length = 0;

  [[nodiscard]] std::uint32_t ordinals() const { return growing_base() + growing.ordinals(); }
  [[nodiscard]] std::uint32_t growing_base() const {
    return parts.empty() ? 0 : parts.back()->base + parts.back()->segment.docs();
  }
  [[nodiscard]] double mean_length() const { return static_cast<double>(total_length) / static_cast<double>(live); }

  /// kNoOrdinal for an unknown key.
  [[nodiscard]] std::uint32_t find(std::string_view key) const;
  [[nodiscard]] std::string_view id_at(std::uint32_t doc) const;
  [[nodiscard]] std::uint32_t length_at(std::uint32_t doc) const;
  [[nodiscard]] bool is_removed(std::uint32_t doc) const;
  [[nodiscard]] std::optional<std::string_view> text_at(std::uint32_t doc) const;
  [[nodiscard]] std::optional<std::string_view> metadata_at(std::uint32_t doc) const;
  /// Calls visit(ordinal) for every live document in order.
  template <class Visit>
  void each_live(const Visit& visit) const {
    for (const auto& part : parts) {
      for (std::uint32_t doc = 0; doc < part->segment.docs(); ++doc) {
        if (!part->is_removed(doc)) visit(part->base + doc);
      }
    }
    for (std::uint32_t doc = 0; doc < growing.ordinals(); ++doc) {
      if (growing.forward[doc] != nullptr) visit(growing_base() + doc);
    }
  }

  /// Whether a live document of the parts before one holds a term.
  [[nodiscard]] bool holds_before(std::string_view term, std::size_t part) const;

  /// Whether a document of these sizes leaves the index within what a file can hold.
  [[nodiscard]] bool has_room(std::size_t key_bytes, std::size_t term_bytes) const;
  bool add(std::string_view key, const Terms& terms, std::optional<std::string> text,
           std::optional<std::string> metadata);
  bool remove(std::string_view key);
  /// Drops what was removed where it is more than a quarter of a part. After every change of the caller's.
  void reclaim();
  /// After a bulk of changes.
  void settle();
  void clear();
  /// Freezes everything into one part.
  void optimize();
  [[nodiscard]] std::string to_bytes() const;
  void take(Segment segment);

 private:
  void freeze();
  void merge_from(std::size_t first);
  void number_parts();
  /// The part that holds an ordinal; parts.size() for a growing one.
  [[nodiscard]] std::size_t part_of(std::uint32_t doc) const;
};

}  // namespace paritas
