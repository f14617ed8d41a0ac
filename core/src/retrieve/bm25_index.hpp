#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "paritas/retrieve/bm25.hpp"
#include "retrieve/bm25_formula.hpp"
#include "retrieve/id_table.hpp"

namespace paritas {

/// One term: its text (varint length first), and for each document that holds it, in order, varint
/// (distance from the last one - 1) * 4 + min(tf - 1, 3), then varint tf - 4 where that is 3.
struct PostedTerm {
  const std::uint8_t* text = nullptr;
  bytes::List postings;
  std::uint32_t last = kNoOrdinal;  // document added last; the first distance counts from -1
  std::uint32_t df = 0;             // live documents
  std::uint32_t entries = 0;        // live and removed ones
  std::uint32_t slot = 0;           // while a document is added: where its count stands
};

inline void put_posting(PostedTerm& term, std::uint32_t doc, std::uint32_t tf) {
  const std::uint64_t distance = doc - term.last - 1u;  // wraps at the first one: -1 is 2^32 - 1
  bytes::put_varint(term.postings, distance << 2 | (tf < 4 ? tf - 1u : 3u));
  if (tf > 3) bytes::put_varint(term.postings, tf - 4u);
  term.last = doc;
  ++term.entries;
}

/// Calls visit(doc, tf) for every posting in order.
template <class Visit>
void each_posting(const PostedTerm& term, Visit visit) {
  const std::uint8_t* at = term.postings.data();
  const std::uint8_t* end = at + term.postings.size();
  std::uint32_t doc = kNoOrdinal;
  while (at != end) {
    const std::uint64_t code = bytes::get_varint(at);
    doc += static_cast<std::uint32_t>(code >> 2) + 1u;
    auto tf = static_cast<std::uint32_t>(code & 3) + 1u;
    if (tf == 4) tf += static_cast<std::uint32_t>(bytes::get_varint(at));
    visit(doc, tf);
  }
}

struct Extra {
  std::optional<std::string> text, metadata;
};

/// One query term that is in the vocabulary.
struct QueryTerm {
  std::uint32_t term;
  std::uint32_t weight;
};

/// What one query needs; kept for the next one. `scores` is all 0.0 between queries.
struct Scratch {
  Terms terms;
  std::vector<QueryTerm> query;
  std::vector<double> scores;
  std::vector<std::uint32_t> touched;  // the documents with a score, unless `dense`
  bool dense = false;
  std::vector<std::pair<double, std::uint32_t>> best;
};

inline constexpr std::size_t kMostQueryTerms = 1024;

/// Documents that may change at any time: what an index takes in before it freezes it, and an index of its own for rooms
/// above that find the terms themselves.
struct Bm25Index {
  Bm25Formula formula;

  // Documents by ordinal, the order of adding. A removed one keeps its ordinal until compact().
  std::vector<const std::uint8_t*> ids;      // varint length, key
  std::vector<const std::uint8_t*> forward;  // varint count, then the numbers of its terms; nullptr: removed
  std::vector<std::uint32_t> lengths;
  std::vector<std::unique_ptr<Extra>> extras;  // empty while no document has any
  std::uint64_t live = 0, total_length = 0, postings = 0, extra_bytes = 0;
  std::uint32_t longest = 0;  // no document has or had more terms
  Table by_id;
  std::vector<PostedTerm> terms;
  Table by_term;
  bytes::Arena id_bytes, forward_bytes, term_bytes;

  TfTable table;

  mutable std::mutex pool_mutex;
  mutable std::vector<std::unique_ptr<Scratch>> pool;

  [[nodiscard]] std::string_view id_at(std::uint32_t doc) const { return view(ids[doc]); }
  [[nodiscard]] std::string_view term_at(std::uint32_t term) const { return view(terms[term].text); }
  static std::string_view view(const std::uint8_t* kept) {
    const std::uint64_t length = bytes::get_varint(kept);
    return {reinterpret_cast<const char*>(kept), static_cast<std::size_t>(length)};
  }
  [[nodiscard]] std::uint32_t find(const DocId& id) const { return find_key(id_key(id)); }
  [[nodiscard]] std::uint32_t find_key(std::string_view key) const;
  /// hash: xxh3_64 of the text.
  [[nodiscard]] std::uint32_t find_term(std::string_view text, std::uint64_t hash) const;
  [[nodiscard]] const Extra* extra(std::uint32_t doc) const { return extras.empty() ? nullptr : extras[doc].get(); }
  [[nodiscard]] std::uint32_t ordinals() const { return static_cast<std::uint32_t>(lengths.size()); }

  // Changes; the caller holds the mutex alone.
  bool add(std::string_view key, const Terms& terms, std::optional<std::string> text,
           std::optional<std::string> metadata);
  std::uint32_t number_of_term(std::string_view text);
  void append_document(std::string_view key, std::uint32_t length);
  bool remove(std::string_view key);
  void changed();
  void compact_if_worth_it();
  void compact();
  void take_contents(Bm25Index& other);

  // Queries; the caller holds the mutex, shared.
  [[nodiscard]] double mean_length() const { return static_cast<double>(total_length) / static_cast<double>(live); }
  [[nodiscard]] std::optional<Error> resolve(Scratch& scratch, std::size_t most_terms = kMostQueryTerms) const;
  void score(Scratch& scratch) const;
  void accumulate(const PostedTerm& term, const Gain& gain, Scratch& scratch) const;
  void best(Scratch& scratch, std::size_t n_results, double min_score) const;
  void rest(Scratch& scratch) const;

  [[nodiscard]] std::unique_ptr<Scratch> borrow() const;
  void give_back(std::unique_ptr<Scratch> scratch) const;
};

}  // namespace paritas
