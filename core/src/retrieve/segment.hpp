#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/sections.hpp"
#include "paritas/base/result.hpp"
#include "retrieve/bm25_index.hpp"
#include "retrieve/postings.hpp"

namespace paritas {

/// Documents that change no more, in the form of a file: an image of it, read in place. Its documents have the ordinals
/// from 0 in order of adding; its terms the numbers from 0 in order of their bytes.
/// Threads: immutable.
class Segment {
 public:
  /// verify: whether to compare the sum of every section. Without, damaged postings may give wrong results, but reading
  /// them stays inside the image.
  /// Errors: `corrupt_data`.
  static Result<Segment> open(Image image, bool verify);
  /// That the options of a segment are none.
  static Error damaged_options(const Segment& segment);

  [[nodiscard]] std::string_view bytes() const noexcept { return image_.bytes; }
  [[nodiscard]] std::string_view options() const noexcept { return options_; }
  [[nodiscard]] std::uint32_t docs() const noexcept { return docs_; }
  [[nodiscard]] std::uint32_t terms() const noexcept { return terms_; }
  [[nodiscard]] std::uint64_t postings() const noexcept { return postings_; }
  [[nodiscard]] std::uint64_t total_length() const noexcept { return total_length_; }

  [[nodiscard]] std::string_view id_at(std::uint32_t doc) const { return part(id_ends_, ids_, doc); }
  [[nodiscard]] std::string_view term_at(std::uint32_t term) const { return part(term_ends_, vocabulary_, term); }
  [[nodiscard]] std::uint32_t length_at(std::uint32_t doc) const {
    return length_bytes_ == 1   ? static_cast<std::uint8_t>(lengths_[doc])
           : length_bytes_ == 2 ? at<std::uint16_t>(lengths_, doc)
                                : at<std::uint32_t>(lengths_, doc);
  }
  /// No document has more terms.
  [[nodiscard]] std::uint32_t longest() const noexcept { return longest_; }
  /// Calls use(pointer) with the lengths as they are kept: std::uint8_t, std::uint16_t or std::uint32_t.
  template <class Use>
  void with_lengths(const Use& use) const {
    if (length_bytes_ == 1) {
      use(reinterpret_cast<const std::uint8_t*>(lengths_.data()));
    } else if (length_bytes_ == 2) {
      use(reinterpret_cast<const std::uint16_t*>(lengths_.data()));
    } else {
      use(reinterpret_cast<const std::uint32_t*>(lengths_.data()));
    }
  }
  /// What was kept with a document, or nothing.
  [[nodiscard]] std::optional<std::string_view> text_at(std::uint32_t doc) const {
    return kept(text_ends_, texts_, doc);
  }
  [[nodiscard]] std::optional<std::string_view> metadata_at(std::uint32_t doc) const {
    return kept(metadata_ends_, metadata_, doc);
  }
  [[nodiscard]] bool has_metadata() const noexcept { return !metadata_.empty(); }

  /// kNoOrdinal for an unknown one.
  [[nodiscard]] std::uint32_t find_id(std::string_view key) const;
  /// hash: xxh3_64 of the term.
  [[nodiscard]] std::uint32_t find_term(std::string_view term, std::uint64_t hash) const;
  [[nodiscard]] std::uint32_t df(std::uint32_t term) const { return at<std::uint32_t>(lists_, std::size_t{term} * 2); }
  [[nodiscard]] PostingList list(std::uint32_t term) const;

  [[nodiscard]] std::size_t id_bytes() const noexcept { return ids_.size(); }
  [[nodiscard]] std::size_t document_bytes() const noexcept {
    return id_ends_.size() + ids_.size() + id_slots_.size() + lengths_.size() + metadata_ends_.size() +
           metadata_.size() + text_ends_.size() + texts_.size();
  }
  [[nodiscard]] std::size_t posting_bytes() const noexcept { return words_.size(); }
  [[nodiscard]] std::size_t vocabulary_bytes() const noexcept {
    return term_ends_.size() + vocabulary_.size() + term_slots_.size() + lists_.size();
  }

 private:
  template <class T>
  [[nodiscard]] static T at(std::string_view section, std::size_t i) {
    T value;
    __builtin_memcpy(&value, section.data() + i * sizeof(T), sizeof(T));
    return value;
  }
  template <class End = std::uint32_t>
  [[nodiscard]] static std::string_view part(std::string_view ends, std::string_view bytes, std::uint32_t i) {
    const std::uint64_t from = i == 0 ? 0 : at<End>(ends, i - 1), to = at<End>(ends, i);
    if (from > to || to > bytes.size()) return {};
    return {bytes.data() + from, static_cast<std::size_t>(to - from)};
  }
  [[nodiscard]] static std::optional<std::string_view> kept(std::string_view ends, std::string_view bytes,
                                                            std::uint32_t doc) {
    if (ends.empty()) return std::nullopt;
    const std::string_view found = part<std::uint64_t>(ends, bytes, doc);
    if (found.empty()) return std::nullopt;
    return found.substr(1);
  }

  Image image_;
  std::string_view options_, id_ends_, ids_, id_slots_, lengths_, term_ends_, vocabulary_, term_slots_, lists_, words_,
      metadata_ends_, metadata_, text_ends_, texts_;
  std::uint32_t docs_ = 0, terms_ = 0, length_bytes_ = 1, longest_ = 0;
  std::uint64_t postings_ = 0, total_length_ = 0;
};

/// Where documents that are to be frozen come from: a segment, or documents that may change.
struct SegmentSource {
  const Segment* frozen = nullptr;
  const Bm25Index* growing = nullptr;
  std::vector<std::uint64_t> removed;  // one bit for each document; may be shorter

  [[nodiscard]] bool is_removed(std::uint32_t doc) const {
    return doc / 64 < removed.size() && (removed[doc / 64] >> doc % 64 & 1) != 0;
  }
};

/// The file of the live documents of some sources, one after the other: equal documents in equal order give equal bytes.
/// options: the bytes of that section.
std::string write_segment(std::string_view options, std::span<const SegmentSource> sources);
/// The same, opened.
Segment frozen_segment(std::string_view options, std::span<const SegmentSource> sources);

}  // namespace paritas
