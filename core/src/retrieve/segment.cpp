#include "retrieve/segment.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/bytes.hpp"
#include "paritas/base/hash.hpp"

// The sections of the file, all numbers of 4 bytes unless said:
//   options         what the index was made with
//   counts          8 bytes each: documents, terms, postings, terms of all documents together, of the longest one
//   id_ends, ids    where the id of each document ends; id_key of it
//   id_slots        a table of at most 3/4: from the low bits of the XXH3 of an id, its document + 1; 0: free
//   lengths         the terms of each document, in 1, 2 or 4 bytes each, as many as the longest needs
//   term_ends, vocabulary, term_slots    the same for terms, which are sorted by their bytes
//   lists           for each term: documents that hold it, word of `postings` at which its list begins
//   postings        see postings.hpp; four words of 0 behind the last
//   metadata_ends, metadata, text_ends, texts    ends of 8 bytes; nothing, or a byte 1 and what was kept; empty when no
//                   document has any
namespace paritas {
namespace {

enum Part : std::size_t {
  kOptions,
  kCounts,
  kIdEnds,
  kIds,
  kIdSlots,
  kLengths,
  kTermEnds,
  kVocabulary,
  kTermSlots,
  kLists,
  kPostings,
  kMetadataEnds,
  kMetadata,
  kTextEnds,
  kTexts,
  kParts
};
constexpr std::array<const char*, kParts> kNames{"options",  "counts",        "id_ends",    "ids",        "id_slots",
                                                 "lengths",  "term_ends",     "vocabulary", "term_slots", "lists",
                                                 "postings", "metadata_ends", "metadata",   "text_ends",  "texts"};
constexpr FileKind kKind{"PBM1", 2, "BM25 index", kNames};

/// Bytes of each length, when the longest document has so many terms.
unsigned bytes_for(std::uint64_t longest) { return longest < 256 ? 1 : longest < 65536 ? 2 : 4; }

std::size_t slots_for(std::size_t count) { return count == 0 ? 0 : std::bit_ceil(count * 4 / 3 + 1); }

void put_slot(std::vector<std::uint32_t>& slots, std::uint64_t hash, std::uint32_t number) {
  const std::size_t mask = slots.size() - 1;
  std::size_t place = static_cast<std::size_t>(hash) & mask;
  while (slots[place] != 0) place = (place + 1) & mask;
  slots[place] = number + 1;
}

template <class T>
std::string_view raw(const std::vector<T>& items) {
  return {reinterpret_cast<const char*>(items.data()), items.size() * sizeof(T)};
}

/// Ends and bytes of strings one behind the other.
template <class End>
struct Strings {
  std::vector<End> ends;
  std::string bytes;
  void put(std::string_view text) {
    bytes += text;
    ends.push_back(static_cast<End>(bytes.size()));
  }
  void put_kept(std::optional<std::string_view> text) {
    if (text) {
      bytes.push_back(1);
      bytes += *text;
    }
    ends.push_back(static_cast<End>(bytes.size()));
  }
};

/// The terms of one source in order of their bytes.
class SortedTerms {
 public:
  explicit SortedTerms(const SegmentSource& source) : source_(source) {
    if (source.frozen != nullptr) {
      count_ = source.frozen->terms();
      return;
    }
    const Bm25Index& index = *source.growing;
    struct Key {
      std::uint64_t prefix;
      std::uint32_t term;
    };
    std::vector<Key> keys;
    for (std::uint32_t term = 0; term < index.terms.size(); ++term) {
      if (index.terms[term].df != 0) keys.push_back({prefix_of(index.term_at(term)), term});
    }
    std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
      return a.prefix != b.prefix ? a.prefix < b.prefix : index.term_at(a.term) < index.term_at(b.term);
    });
    for (const Key& key : keys) order_.push_back(key.term);
    count_ = static_cast<std::uint32_t>(order_.size());
  }
  [[nodiscard]] bool done() const { return at_ == count_; }
  [[nodiscard]] std::string_view text() const {
    return source_.frozen != nullptr ? source_.frozen->term_at(at_) : source_.growing->term_at(order_[at_]);
  }
  void next() { ++at_; }
  template <class Visit>
  void each(const Visit& visit) const {
    if (source_.frozen != nullptr) {
      each_posting(source_.frozen->list(at_), visit);
    } else {
      each_posting(source_.growing->terms[order_[at_]], visit);
    }
  }

 private:
  /// The first 8 bytes as a number that sorts as they do.
  static std::uint64_t prefix_of(std::string_view text) {
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      prefix = prefix << 8 | (i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0u);
    }
    return prefix;
  }

  const SegmentSource& source_;
  std::vector<std::uint32_t> order_;
  std::uint32_t at_ = 0, count_ = 0;
};

}  // namespace

std::string write_segment(std::string_view options, std::span<const SegmentSource> sources) {
  std::vector<std::uint32_t> lengths;
  std::vector<std::vector<std::uint32_t>> places(sources.size());  // of each document among those written
  Strings<std::uint32_t> ids, vocabulary;
  Strings<std::uint64_t> metadata, texts;
  std::uint64_t total_length = 0;
  std::uint32_t longest = 0;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    const SegmentSource& source = sources[s];
    const std::uint32_t count = source.frozen != nullptr ? source.frozen->docs() : source.growing->ordinals();
    places[s].assign(count, kNoOrdinal);
    for (std::uint32_t doc = 0; doc < count; ++doc) {
      std::uint32_t length = 0;
      if (source.frozen != nullptr) {
        if (source.is_removed(doc)) continue;
        const Segment& from = *source.frozen;
        ids.put(from.id_at(doc));
        length = from.length_at(doc);
        metadata.put_kept(from.metadata_at(doc));
        texts.put_kept(from.text_at(doc));
      } else {
        const Bm25Index& from = *source.growing;
        if (from.forward[doc] == nullptr) continue;
        ids.put(from.id_at(doc));
        length = from.lengths[doc];
        const Extra* extra = from.extra(doc);
        metadata.put_kept(extra == nullptr ? std::nullopt : extra->metadata);
        texts.put_kept(extra == nullptr ? std::nullopt : extra->text);
      }
      places[s][doc] = static_cast<std::uint32_t>(lengths.size());
      lengths.push_back(length);
      total_length += length;
      longest = std::max(longest, length);
    }
  }
  std::vector<std::uint32_t> id_slots(slots_for(lengths.size()), 0);
  for (std::uint32_t doc = 0; doc < lengths.size(); ++doc) {
    const std::uint32_t from = doc == 0 ? 0 : ids.ends[doc - 1];
    put_slot(id_slots, xxh3_64(std::string_view(ids.bytes).substr(from, ids.ends[doc] - from)), doc);
  }

  std::vector<SortedTerms> sorted;
  sorted.reserve(sources.size());
  for (const SegmentSource& source : sources) sorted.emplace_back(source);
  std::vector<std::uint32_t> lists, docs, tfs;
  PostingWriter writer;
  std::uint64_t postings = 0;
  while (true) {
    const SortedTerms* first = nullptr;
    for (const SortedTerms& terms : sorted) {
      if (!terms.done() && (first == nullptr || terms.text() < first->text())) first = &terms;
    }
    if (first == nullptr) break;
    const std::string_view text = first->text();
    docs.clear();
    tfs.clear();
    for (std::size_t s = 0; s < sources.size(); ++s) {
      if (sorted[s].done() || sorted[s].text() != text) continue;
      const std::vector<std::uint32_t>& place = places[s];
      sorted[s].each([&](std::uint32_t doc, std::uint32_t tf) {
        if (place[doc] == kNoOrdinal) return;
        docs.push_back(place[doc]);
        tfs.push_back(tf);
      });
    }
    if (!docs.empty()) {
      vocabulary.put(text);
      lists.push_back(static_cast<std::uint32_t>(docs.size()));
      lists.push_back(writer.write(docs, tfs, lengths));
      postings += docs.size();
    }
    for (SortedTerms& terms : sorted) {  // `text` may be of one of them
      if (&terms != first && !terms.done() && terms.text() == text) terms.next();
    }
    for (SortedTerms& terms : sorted) {
      if (&terms == first) terms.next();
    }
  }
  writer.finish();
  std::vector<std::uint32_t> term_slots(slots_for(vocabulary.ends.size()), 0);
  for (std::uint32_t term = 0; term < vocabulary.ends.size(); ++term) {
    const std::uint32_t from = term == 0 ? 0 : vocabulary.ends[term - 1];
    put_slot(term_slots, xxh3_64(std::string_view(vocabulary.bytes).substr(from, vocabulary.ends[term] - from)), term);
  }

  const unsigned width = bytes_for(longest);
  std::string narrow;
  narrow.reserve(lengths.size() * width);
  for (const std::uint32_t length : lengths) {
    for (unsigned i = 0; i < width; ++i)
      narrow.push_back(static_cast<char>(static_cast<std::uint8_t>(length >> 8 * i)));
  }
  std::string counts;
  for (const std::uint64_t count : {std::uint64_t{lengths.size()}, std::uint64_t{vocabulary.ends.size()}, postings,
                                    total_length, std::uint64_t{longest}}) {
    bytes::put_u64(counts, count);
  }
  if (metadata.bytes.empty()) metadata.ends.clear();
  if (texts.bytes.empty()) texts.ends.clear();
  const std::array<std::string_view, kParts> parts{
      options,         counts,          raw(ids.ends),        ids.bytes,
      raw(id_slots),   narrow,          raw(vocabulary.ends), vocabulary.bytes,
      raw(term_slots), raw(lists),      writer.bytes(),       raw(metadata.ends),
      metadata.bytes,  raw(texts.ends), texts.bytes};
  return write_sections(kKind, parts);
}

Segment frozen_segment(std::string_view options, std::span<const SegmentSource> sources) {
  auto file = std::make_shared<std::string>(write_segment(options, sources));
  const std::string_view bytes = *file;
  return Segment::open(aligned_image(bytes, std::move(file)), false).value();  // our own bytes are never refused
}

Result<Segment> Segment::open(Image image, bool verify) {
  auto opened = open_sections(kKind, image.bytes, verify);
  if (!opened.ok()) return opened.error();
  const std::vector<std::string_view>& parts = opened.value();
  const auto damaged = [&](Part part) { return damaged_section(kKind, image.bytes, parts[part], part); };
  if (parts[kCounts].size() != 40) return damaged(kCounts);
  bytes::Reader counts(parts[kCounts]);
  const std::uint64_t docs = counts.u64(), terms = counts.u64();
  Segment out;
  out.postings_ = counts.u64();
  out.total_length_ = counts.u64();
  const std::uint64_t longest = counts.u64();
  if (docs >= kNoOrdinal || terms >= kNoOrdinal || longest >= kNoOrdinal) return damaged(kCounts);
  out.docs_ = static_cast<std::uint32_t>(docs);
  out.terms_ = static_cast<std::uint32_t>(terms);
  out.longest_ = static_cast<std::uint32_t>(longest);
  out.length_bytes_ = bytes_for(longest);
  const auto wrong = [&](Part part, std::uint64_t size) { return parts[part].size() != size; };
  if (wrong(kIdEnds, docs * 4)) return damaged(kIdEnds);
  if (wrong(kIdSlots, slots_for(out.docs_) * 4)) return damaged(kIdSlots);
  if (wrong(kLengths, docs * out.length_bytes_)) return damaged(kLengths);
  if (wrong(kTermEnds, terms * 4)) return damaged(kTermEnds);
  if (wrong(kTermSlots, slots_for(out.terms_) * 4)) return damaged(kTermSlots);
  if (wrong(kLists, terms * 8)) return damaged(kLists);
  if (parts[kPostings].size() < 16 || parts[kPostings].size() % 4 != 0) return damaged(kPostings);
  for (const Part part : {kMetadataEnds, kTextEnds}) {
    if (!parts[part].empty() && wrong(part, docs * 8)) return damaged(part);
    if (parts[part].empty() && !parts[part + 1].empty()) return damaged(part);
  }
  out.options_ = parts[kOptions];
  out.id_ends_ = parts[kIdEnds];
  out.ids_ = parts[kIds];
  out.id_slots_ = parts[kIdSlots];
  out.lengths_ = parts[kLengths];
  out.term_ends_ = parts[kTermEnds];
  out.vocabulary_ = parts[kVocabulary];
  out.term_slots_ = parts[kTermSlots];
  out.lists_ = parts[kLists];
  out.words_ = parts[kPostings];
  out.metadata_ends_ = parts[kMetadataEnds];
  out.metadata_ = parts[kMetadata];
  out.text_ends_ = parts[kTextEnds];
  out.texts_ = parts[kTexts];
  out.image_ = std::move(image);
  return out;
}

Error Segment::damaged_options(const Segment& segment) {
  return damaged_section(kKind, segment.bytes(), segment.options(), kOptions);
}

namespace {

/// The number whose text is `key`, by a table of slots.
template <class TextOf>
std::uint32_t find_in(std::string_view slots, std::uint32_t count, std::string_view key, std::uint64_t hash,
                      const TextOf& text_of) {
  const std::size_t size = slots.size() / 4;
  if (size == 0) return kNoOrdinal;
  std::size_t place = static_cast<std::size_t>(hash) & (size - 1);
  for (std::size_t left = size; left > 0; --left, place = (place + 1) & (size - 1)) {  // damaged: there may be no end
    std::uint32_t slot;
    __builtin_memcpy(&slot, slots.data() + place * 4, 4);
    if (slot == 0) return kNoOrdinal;
    if (slot <= count && text_of(slot - 1) == key) return slot - 1;
  }
  return kNoOrdinal;
}

}  // namespace

std::uint32_t Segment::find_id(std::string_view key) const {
  return find_in(id_slots_, docs_, key, xxh3_64(key), [&](std::uint32_t doc) { return id_at(doc); });
}

std::uint32_t Segment::find_term(std::string_view term, std::uint64_t hash) const {
  return find_in(term_slots_, terms_, term, hash, [&](std::uint32_t number) { return term_at(number); });
}

PostingList Segment::list(std::uint32_t term) const {
  const std::uint64_t start = at<std::uint32_t>(lists_, std::size_t{term} * 2 + 1), end = words_.size() / 4 - 4;
  if (start > end) return {};
  return {reinterpret_cast<const std::uint32_t*>(words_.data()) + start, static_cast<std::size_t>(end - start),
          df(term), docs_};
}

}  // namespace paritas
