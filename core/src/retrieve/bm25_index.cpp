#include "retrieve/bm25_index.hpp"

#include <algorithm>

#include "paritas/base/hash.hpp"
#include "retrieve/well_formed.hpp"

// How the index keeps and changes its documents.
namespace paritas {

std::uint32_t Bm25Index::find_key(std::string_view key) const {
  return by_id.find(xxh3_64(key), [&](std::uint32_t doc) { return id_at(doc) == key; });
}

std::uint32_t Bm25Index::find_term(std::string_view text, std::uint64_t hash) const {
  return by_term.find(hash, [&](std::uint32_t term) { return term_at(term) == text; });
}

std::uint32_t Bm25Index::number_of_term(std::string_view text) {
  const std::uint64_t hash = xxh3_64(text);
  const std::uint32_t known = by_term.find(hash, [&](std::uint32_t term) { return term_at(term) == text; });
  if (known != kNoOrdinal) return known;
  std::string kept;
  bytes::put_varint(kept, text.size());
  kept += text;
  PostedTerm term;
  term.text = term_bytes.keep(kept);
  terms.push_back(std::move(term));
  const auto number = static_cast<std::uint32_t>(terms.size() - 1);
  by_term.insert(hash, number, [&](std::uint32_t other) { return xxh3_64(term_at(other)); });
  return number;
}

void Bm25Index::append_document(std::string_view key, std::uint32_t length) {
  std::string kept;
  bytes::put_varint(kept, key.size());
  kept += key;
  ids.push_back(id_bytes.keep(kept));
  lengths.push_back(length);
  longest = std::max(longest, length);
  by_id.insert(xxh3_64(key), ordinals() - 1, [&](std::uint32_t doc) { return xxh3_64(id_at(doc)); });
  ++live;
  total_length += length;
}

bool Bm25Index::add(std::string_view key, const Terms& words, std::optional<std::string> text,
                    std::optional<std::string> metadata) {
  const bool fresh = !remove(key);
  const std::uint32_t doc = ordinals();
  append_document(key, static_cast<std::uint32_t>(words.size()));

  // Count each term once: `last` says whether this document has met it, `slot` where.
  struct Count {
    std::uint32_t term;
    std::uint32_t before;
    std::uint32_t tf;
  };
  std::vector<Count> counts;
  counts.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t number = number_of_term(words[i]);
    PostedTerm& term = terms[number];
    if (term.last == doc) {
      ++counts[term.slot].tf;
      continue;
    }
    term.slot = static_cast<std::uint32_t>(counts.size());
    counts.push_back({number, term.last, 1});
    term.last = doc;
  }
  std::string kept;
  bytes::put_varint(kept, counts.size());
  for (const Count& count : counts) {
    PostedTerm& term = terms[count.term];
    term.last = count.before;
    put_posting(term, doc, count.tf);
    ++term.df;
    bytes::put_varint(kept, count.term);
  }
  postings += counts.size();
  forward.push_back(forward_bytes.keep(kept));

  const bool has_extra = text.has_value() || metadata.has_value();
  extra_bytes += (text ? text->size() : 0) + (metadata ? metadata->size() : 0);
  if (has_extra || !extras.empty()) {
    extras.resize(lengths.size());
    if (has_extra) extras[doc] = std::make_unique<Extra>(Extra{std::move(text), std::move(metadata)});
  }
  compact_if_worth_it();
  changed();
  return fresh;
}

bool Bm25Index::remove(std::string_view key) {
  const std::uint64_t hash = xxh3_64(key);
  const std::uint32_t doc = by_id.find(hash, [&](std::uint32_t other) { return id_at(other) == key; });
  if (doc == kNoOrdinal) return false;
  by_id.erase(hash, doc, [&](std::uint32_t other) { return xxh3_64(id_at(other)); });
  const std::uint8_t* at = forward[doc];
  for (std::uint64_t left = bytes::get_varint(at); left > 0; --left)
    --terms[static_cast<std::size_t>(bytes::get_varint(at))].df;
  forward[doc] = nullptr;
  if (!extras.empty()) extras[doc].reset();
  --live;
  total_length -= lengths[doc];
  changed();
  return true;
}

void Bm25Index::changed() { table.changed(); }

void Bm25Index::compact_if_worth_it() {
  const std::uint64_t removed = ordinals() - live;
  if (removed > 32 && removed * 4 > ordinals()) compact();
}

void Bm25Index::take_contents(Bm25Index& other) {
  ids = std::move(other.ids);
  forward = std::move(other.forward);
  lengths = std::move(other.lengths);
  extras = std::move(other.extras);
  live = other.live;
  total_length = other.total_length;
  postings = other.postings;
  extra_bytes = other.extra_bytes;
  longest = other.longest;
  by_id = std::move(other.by_id);
  terms = std::move(other.terms);
  by_term = std::move(other.by_term);
  id_bytes = std::move(other.id_bytes);
  forward_bytes = std::move(other.forward_bytes);
  term_bytes = std::move(other.term_bytes);
  changed();
}

/// Leaves out what was removed: documents, their postings, and terms that no document holds any more.
void Bm25Index::compact() {
  Bm25Index fresh;
  std::vector<std::uint32_t> new_doc(ordinals(), kNoOrdinal), new_term(terms.size(), kNoOrdinal);
  for (std::uint32_t doc = 0; doc < ordinals(); ++doc) {
    if (forward[doc] == nullptr) continue;
    new_doc[doc] = fresh.ordinals();
    fresh.append_document(id_at(doc), lengths[doc]);
    if (!extras.empty()) fresh.extras.push_back(std::move(extras[doc]));
  }
  for (std::uint32_t number = 0; number < terms.size(); ++number) {
    if (terms[number].df == 0) continue;
    new_term[number] = fresh.number_of_term(term_at(number));
    PostedTerm& term = fresh.terms.back();
    each_posting(terms[number], [&](std::uint32_t doc, std::uint32_t tf) {
      if (new_doc[doc] != kNoOrdinal) put_posting(term, new_doc[doc], tf);
    });
    term.postings.trim();
    term.df = term.entries;
    fresh.postings += term.entries;
  }
  std::string kept;
  for (std::uint32_t doc = 0; doc < ordinals(); ++doc) {
    if (forward[doc] == nullptr) continue;
    kept.clear();
    const std::uint8_t* at = forward[doc];
    const std::uint64_t count = bytes::get_varint(at);
    bytes::put_varint(kept, count);
    for (std::uint64_t i = 0; i < count; ++i)
      bytes::put_varint(kept, new_term[static_cast<std::size_t>(bytes::get_varint(at))]);
    fresh.forward.push_back(fresh.forward_bytes.keep(kept));
  }
  fresh.extra_bytes = extra_bytes;
  take_contents(fresh);
}

}  // namespace paritas
