#include "retrieve/bm25_segments.hpp"

#include <algorithm>
#include <bit>

#include "paritas/base/hash.hpp"

namespace paritas {

void FrozenPart::remove(std::uint32_t doc) {
  if (removed_.empty()) {
    removed_.assign(segment.docs() / 64 + 1, 0);
    counted_ = std::make_unique<std::atomic<std::uint64_t>[]>(segment.terms());
  }
  removed_[doc / 64] |= std::uint64_t{1} << doc % 64;
  in_order_.push_back(doc);
}

std::uint32_t FrozenPart::live_df(std::uint32_t term) const {
  const std::uint32_t df = segment.df(term);
  if (in_order_.empty()) return df;
  const std::uint64_t known = counted_[term].load(std::memory_order_relaxed);
  const auto from = static_cast<std::size_t>(known >> 32);
  auto held = static_cast<std::uint32_t>(known);
  if (from == in_order_.size()) return df - held;
  const PostingList list = segment.list(term);
  // Look each one up, or read the whole list: a look-up unpacks a block.
  if ((in_order_.size() - from) * kBlock < list.count) {
    for (std::size_t i = from; i < in_order_.size(); ++i) held += tf_of(list, in_order_[i]) != 0 ? 1u : 0u;
  } else {
    held = 0;
    each_posting(list, [&](std::uint32_t doc, std::uint32_t) { held += is_removed(doc) ? 1u : 0u; });
  }
  // Whoever else counts now finds the same number.
  counted_[term].store(std::uint64_t{in_order_.size()} << 32 | held, std::memory_order_relaxed);
  return df - std::min(df, held);
}

std::size_t Bm25Segments::part_of(std::uint32_t doc) const {
  std::size_t part = 0;
  while (part < parts.size() && doc - parts[part]->base >= parts[part]->segment.docs()) ++part;
  return part;
}

std::uint32_t Bm25Segments::find(std::string_view key) const {
  if (const std::uint32_t doc = growing.find_key(key); doc != kNoOrdinal) return growing_base() + doc;
  for (const auto& part : parts) {
    const std::uint32_t doc = part->segment.find_id(key);
    if (doc != kNoOrdinal && !part->is_removed(doc)) return part->base + doc;
  }
  return kNoOrdinal;
}

std::string_view Bm25Segments::id_at(std::uint32_t doc) const {
  const std::size_t part = part_of(doc);
  if (part == parts.size()) return growing.id_at(doc - growing_base());
  return parts[part]->segment.id_at(doc - parts[part]->base);
}

std::uint32_t Bm25Segments::length_at(std::uint32_t doc) const {
  const std::size_t part = part_of(doc);
  if (part == parts.size()) return growing.lengths[doc - growing_base()];
  return parts[part]->segment.length_at(doc - parts[part]->base);
}

bool Bm25Segments::is_removed(std::uint32_t doc) const {
  const std::size_t part = part_of(doc);
  if (part == parts.size()) return growing.forward[doc - growing_base()] == nullptr;
  return parts[part]->is_removed(doc - parts[part]->base);
}

std::optional<std::string_view> Bm25Segments::text_at(std::uint32_t doc) const {
  const std::size_t part = part_of(doc);
  if (part != parts.size()) return parts[part]->segment.text_at(doc - parts[part]->base);
  const Extra* extra = growing.extra(doc - growing_base());
  return extra == nullptr ? std::nullopt : std::optional<std::string_view>(extra->text);
}

std::optional<std::string_view> Bm25Segments::metadata_at(std::uint32_t doc) const {
  const std::size_t part = part_of(doc);
  if (part != parts.size()) return parts[part]->segment.metadata_at(doc - parts[part]->base);
  const Extra* extra = growing.extra(doc - growing_base());
  return extra == nullptr ? std::nullopt : std::optional<std::string_view>(extra->metadata);
}

bool Bm25Segments::holds_before(std::string_view term, std::size_t part) const {
  const std::uint64_t hash = xxh3_64(term);
  for (std::size_t i = 0; i < part; ++i) {
    const std::uint32_t number = parts[i]->segment.find_term(term, hash);
    if (number != kNoOrdinal && parts[i]->live_df(number) != 0) return true;
  }
  return false;
}

bool Bm25Segments::has_room(std::size_t key_bytes, std::size_t term_bytes) const {
  std::uint64_t ids = key_bytes, words = term_bytes;
  for (const auto& part : parts) {
    ids += part->segment.id_bytes();
    words += part->segment.vocabulary_bytes();
  }
  ids += growing.id_bytes.heap_bytes();
  words += growing.term_bytes.heap_bytes();
  return ids < 0xFFFFFFFFu && words < 0xFFFFFFFFu && ordinals() < kNoOrdinal - 1;
}

bool Bm25Segments::add(std::string_view key, const Terms& terms, std::optional<std::string> text,
                       std::optional<std::string> metadata) {
  const bool fresh = !remove(key);
  const std::uint32_t before = growing.ordinals();
  growing.add(key, terms, std::move(text), std::move(metadata));
  if (growing.ordinals() != before + 1) masks.clear();  // it dropped removed ones
  ++live;
  total_length += terms.size();
  table.changed();
  if (growing.ordinals() >= kMostGrowing || growing.postings >= kMostGrowingBytes / 8 ||
      growing.term_bytes.heap_bytes() + growing.extra_bytes >= kMostGrowingBytes) {
    freeze();
  }
  return fresh;
}

bool Bm25Segments::remove(std::string_view key) {
  const std::uint32_t doc = find(key);
  if (doc == kNoOrdinal) return false;
  total_length -= length_at(doc);
  --live;
  if (const std::size_t part = part_of(doc); part < parts.size()) {
    parts[part]->remove(doc - parts[part]->base);
  } else {
    growing.remove(key);
  }
  table.changed();
  return true;
}

void Bm25Segments::settle() {
  if (growing.ordinals() >= std::max(kBulk, ordinals() / 16)) freeze();
  reclaim();
}

void Bm25Segments::reclaim() {
  const std::uint32_t before = growing.ordinals();
  growing.compact_if_worth_it();
  if (growing.ordinals() != before) masks.clear();
  for (std::size_t i = parts.size(); i-- > 0;) {
    FrozenPart& part = *parts[i];
    if (part.removed() <= 32 || std::uint64_t{part.removed()} * 4 <= part.segment.docs()) continue;
    masks.clear();
    if (part.live() == 0) {
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      const SegmentSource source{&part.segment, nullptr, part.removed_bits()};
      parts[i] = std::make_unique<FrozenPart>(frozen_segment(options, {&source, 1}));
    }
  }
  number_parts();
}

void Bm25Segments::clear() {
  parts.clear();
  Bm25Index nothing;
  growing.take_contents(nothing);
  live = 0;
  total_length = 0;
  table.changed();
  masks.clear();
}

void Bm25Segments::freeze() {
  if (growing.live != growing.ordinals()) masks.clear();
  if (growing.live != 0) {
    const SegmentSource source{nullptr, &growing, {}};
    parts.push_back(std::make_unique<FrozenPart>(frozen_segment(options, {&source, 1})));
    number_parts();
  }
  Bm25Index nothing;
  growing.take_contents(nothing);
  // Four parts of one size in a row become one: every document is written log4 of their number times.
  const auto level = [](const FrozenPart& part) {
    return (static_cast<int>(std::bit_width(part.segment.docs())) + 1) / 2;
  };
  while (parts.size() >= 4) {
    const int last = level(*parts.back());
    std::size_t first = parts.size();
    while (first > 0 && level(*parts[first - 1]) <= last) --first;
    if (parts.size() - first < 4) break;
    merge_from(first);
  }
}

/// Makes one part of all from `first` on.
void Bm25Segments::merge_from(std::size_t first) {
  std::vector<SegmentSource> sources;
  for (std::size_t i = first; i < parts.size(); ++i) {
    sources.push_back({&parts[i]->segment, nullptr, parts[i]->removed_bits()});
  }
  masks.clear();
  auto merged = std::make_unique<FrozenPart>(frozen_segment(options, sources));
  parts.resize(first);
  if (merged->segment.docs() != 0) parts.push_back(std::move(merged));
  number_parts();
}

void Bm25Segments::optimize() {
  freeze();
  if (parts.size() > 1 || (parts.size() == 1 && parts[0]->removed() != 0)) merge_from(0);
}

void Bm25Segments::number_parts() {
  std::uint32_t base = 0;
  for (const auto& part : parts) {
    part->base = base;
    base += part->segment.docs();
  }
}

void Bm25Segments::take(Segment segment) {
  live = segment.docs();
  total_length = segment.total_length();
  if (live != 0) parts.push_back(std::make_unique<FrozenPart>(std::move(segment)));
}

std::string Bm25Segments::to_bytes() const {
  if (parts.size() == 1 && parts[0]->removed() == 0 && growing.live == 0) return std::string(parts[0]->segment.bytes());
  std::vector<SegmentSource> sources;
  for (const auto& part : parts) sources.push_back({&part->segment, nullptr, part->removed_bits()});
  if (growing.live != 0) sources.push_back({nullptr, &growing, {}});
  return write_segment(options, sources);
}

}  // namespace paritas
