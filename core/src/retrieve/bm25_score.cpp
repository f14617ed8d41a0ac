#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "paritas/base/maths.hpp"
#include "retrieve/bm25_index.hpp"

// How a query is scored. The reference, bm25.py, has the formulas in one line each.
namespace paritas {
namespace {

bool better(const std::pair<double, std::uint32_t>& a, const std::pair<double, std::uint32_t>& b) {
  return a.first != b.first ? a.first > b.first : a.second < b.second;
}

}  // namespace

std::optional<Variant> variant_of(std::string_view name) {
  if (name == "lucene") return Variant::lucene;
  if (name == "okapi") return Variant::okapi;
  if (name == "robertson") return Variant::robertson;
  if (name == "atire") return Variant::atire;
  if (name == "bm25l") return Variant::bm25l;
  if (name == "bm25+") return Variant::bm25_plus;
  return std::nullopt;
}

double Bm25Index::idf(std::uint32_t df) const {
  const double n = static_cast<double>(live), d = static_cast<double>(df);
  switch (variant) {
    case Variant::lucene:
    case Variant::okapi:
      return log(1.0 + (n - d + 0.5) / (d + 0.5));
    case Variant::robertson:
      return log(std::max((n - d + 0.5) / (d + 0.5), 1.0));
    case Variant::atire:
      return log(n / d);
    case Variant::bm25l:
      return log((n + 1.0) / (d + 0.5));
    case Variant::bm25_plus:
      return log((n + 1.0) / d);
  }
  return 0.0;
}

double Bm25Index::tf_part(std::uint32_t count, std::uint32_t length, double mean) const {
  const double tf = count, k1 = options.k1;
  const double size = (1.0 - options.b) + options.b * (static_cast<double>(length) / mean);
  if (variant == Variant::bm25l) {
    const double c = tf / size;
    return (k1 + 1.0) * (c + options.delta) / (k1 + c + options.delta);
  }
  const double damping = k1 * size;
  switch (variant) {
    case Variant::okapi:
    case Variant::atire:
      return tf * (k1 + 1.0) / (tf + damping);
    case Variant::bm25_plus:
      return tf * (k1 + 1.0) / (tf + damping) + options.delta;
    default:
      return tf / (tf + damping);
  }
}

/// The distinct terms of the query that documents hold, in order of first occurrence, and how often each is asked for.
std::optional<Error> Bm25Index::resolve(Scratch& scratch, std::size_t most_terms) const {
  const Terms& words = scratch.terms;
  scratch.query.clear();
  if (words.size() > most_terms) {
    std::unordered_set<std::string_view> different;
    for (std::size_t i = 0; i < words.size() && different.size() <= most_terms; ++i) different.insert(words[i]);
    if (different.size() > most_terms) {
      return Error{ErrorCode::limit_exceeded, "a query must have at most 1024 different terms"};
    }
  }
  std::unordered_map<std::uint32_t, std::size_t> places;  // for many terms; a few are looked through
  constexpr std::size_t kFew = 32;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t term = find_term(words[i]);
    if (term == kNoOrdinal || terms[term].df == 0) continue;
    std::size_t place = scratch.query.size();
    if (place <= kFew) {
      for (std::size_t j = 0; j < scratch.query.size(); ++j) {
        if (scratch.query[j].term == term) place = j;
      }
    } else {
      if (places.empty()) {
        for (std::size_t j = 0; j < scratch.query.size(); ++j) places.emplace(scratch.query[j].term, j);
      }
      place = places.try_emplace(term, place).first->second;
    }
    if (place == scratch.query.size()) scratch.query.push_back({term, 0});
    ++scratch.query[place].weight;
  }
  return std::nullopt;
}

void Bm25Index::make_table() const {
  const std::lock_guard lock(table_mutex);
  if (table_lengths.load(std::memory_order_acquire) != 0) return;
  const double mean = mean_length();
  table.resize(std::size_t{kTableLengths} * kTableTf);
  for (std::uint32_t length = 0; length < kTableLengths; ++length) {
    for (std::uint32_t tf = 1; tf <= kTableTf; ++tf) {
      table[(tf - 1) * kTableLengths + length] = tf_part(tf, length, mean);
    }
  }
  table_lengths.store(kTableLengths, std::memory_order_release);
}

/// Adds up the score of every document that holds a query term. Terms in order of first occurrence, documents in order
/// of adding: every score is the same sum in the same order, whatever else the index holds.
void Bm25Index::score(Scratch& scratch) const {
  scratch.touched.clear();
  scratch.dense = false;
  if (scratch.query.empty()) return;
  if (scratch.scores.size() < lengths.size()) scratch.scores.resize(lengths.size() + lengths.size() / 8, 0.0);
  std::uint64_t reads = 0;
  for (const QueryTerm& item : scratch.query) reads += terms[item.term].entries;
  // The table is made when as many postings have been read without it as it has values.
  if (table_lengths.load(std::memory_order_acquire) == 0 &&
      work.fetch_add(reads, std::memory_order_relaxed) + reads >= std::uint64_t{kTableLengths} * kTableTf) {
    make_table();
  }
  const std::uint32_t known_lengths = table_lengths.load(std::memory_order_acquire);
  const double* known = known_lengths == 0 ? nullptr : table.data();  // else another thread may be making it
  const double mean = mean_length();
  double* scores = scratch.scores.data();
  scratch.dense = reads >= lengths.size() / 4;
  for (const QueryTerm& item : scratch.query) {
    const PostedTerm& term = terms[item.term];
    const double rarity = idf(term.df), weight = item.weight;
    const auto gain_of = [=, this, all_lengths = lengths.data()](std::uint32_t doc, std::uint32_t tf) {
      const std::uint32_t length = all_lengths[doc];
      const double part = length < known_lengths && tf <= kTableTf ? known[(tf - 1) * kTableLengths + length]
                                                                   : tf_part(tf, length, mean);
      return weight * (rarity * part);
    };
    if (scratch.dense) {  // nearly every document is touched: best() looks at all of them
      each_posting(term, [=](std::uint32_t doc, std::uint32_t tf) { scores[doc] += gain_of(doc, tf); });
      continue;
    }
    each_posting(term, [&](std::uint32_t doc, std::uint32_t tf) {
      const double gain = gain_of(doc, tf), before = scores[doc];
      if (before == 0.0 && gain > 0.0) scratch.touched.push_back(doc);
      scores[doc] = before + gain;
    });
  }
}

/// The first n_results of the live documents above min_score, best first; equal ones in order of adding.
void Bm25Index::best(Scratch& scratch, std::size_t n_results, double min_score) const {
  auto& heap = scratch.best;  // its front is the worst that is kept
  heap.clear();
  if (n_results == 0) return;
  double least = min_score;  // what a score must beat, or meet with an earlier document
  const auto offer = [&](std::uint32_t doc, double score) {
    const std::pair<double, std::uint32_t> item(score, doc);
    if (heap.size() == n_results && !better(item, heap.front())) return;
    if (forward[doc] == nullptr) return;
    if (heap.size() == n_results) {
      std::pop_heap(heap.begin(), heap.end(), better);
      heap.back() = item;
    } else {
      heap.push_back(item);
    }
    std::push_heap(heap.begin(), heap.end(), better);
    if (heap.size() == n_results) least = heap.front().first;
  };
  if (scratch.dense) {  // in order of adding, so that an equal score never comes in later
    for (std::uint32_t doc = 0; doc < ordinals(); ++doc) {
      if (scratch.scores[doc] > least) offer(doc, scratch.scores[doc]);
    }
  } else {
    for (const std::uint32_t doc : scratch.touched) {
      if (scratch.scores[doc] > min_score && scratch.scores[doc] >= least) offer(doc, scratch.scores[doc]);
    }
  }
  std::sort_heap(heap.begin(), heap.end(), better);
}

/// Leaves the scores at 0.0 for the next query.
void Bm25Index::rest(Scratch& scratch) const {
  if (scratch.dense) {
    std::fill_n(scratch.scores.begin(), lengths.size(), 0.0);
    scratch.dense = false;
  }
  for (const std::uint32_t doc : scratch.touched) scratch.scores[doc] = 0.0;
  scratch.touched.clear();
}

std::unique_ptr<Scratch> Bm25Index::borrow() const {
  const std::lock_guard lock(pool_mutex);
  if (pool.empty()) return std::make_unique<Scratch>();
  std::unique_ptr<Scratch> scratch = std::move(pool.back());
  pool.pop_back();
  return scratch;
}

void Bm25Index::give_back(std::unique_ptr<Scratch> scratch) const {
  const std::lock_guard lock(pool_mutex);
  pool.push_back(std::move(scratch));
}

}  // namespace paritas
