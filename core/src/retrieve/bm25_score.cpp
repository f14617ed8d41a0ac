#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "paritas/base/hash.hpp"
#include "retrieve/bm25_index.hpp"

// How a query over documents that may change is scored: by adding up.
namespace paritas {
namespace {

bool better(const std::pair<double, std::uint32_t>& a, const std::pair<double, std::uint32_t>& b) {
  return a.first != b.first ? a.first > b.first : a.second < b.second;
}

}  // namespace

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
    const std::uint32_t term = find_term(words[i], xxh3_64(words[i]));
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

/// Adds up the score of every document that holds a query term. Terms in order of first occurrence, documents in order
/// of adding: every score is the same sum in the same order, whatever else the index holds.
void Bm25Index::score(Scratch& scratch) const {
  scratch.touched.clear();
  scratch.dense = false;
  if (scratch.query.empty()) return;
  if (scratch.scores.size() < lengths.size()) scratch.scores.resize(lengths.size() + lengths.size() / 8, 0.0);
  std::uint64_t reads = 0;
  for (const QueryTerm& item : scratch.query) reads += terms[item.term].entries;
  scratch.dense = reads >= lengths.size() / 4;
  Gain gain{&formula, mean_length(), table.get(formula, mean_length(), longest, reads), 0.0, 0.0};
  for (const QueryTerm& item : scratch.query) {
    const PostedTerm& term = terms[item.term];
    gain.rarity = formula.idf(live, term.df);
    gain.weight = item.weight;
    accumulate(term, gain, scratch);
  }
}

/// Adds what one term gives to the documents that hold it, and notes which unless nearly all are touched: then best()
/// looks at all of them.
void Bm25Index::accumulate(const PostedTerm& term, const Gain& gain, Scratch& scratch) const {
  double* scores = scratch.scores.data();
  const std::uint32_t* all = lengths.data();
  if (scratch.dense) {
    each_posting(term, [=](std::uint32_t doc, std::uint32_t tf) { scores[doc] += gain(tf, all[doc]); });
    return;
  }
  each_posting(term, [=, &scratch](std::uint32_t doc, std::uint32_t tf) {
    const double more = gain(tf, all[doc]), before = scores[doc];
    if (before == 0.0 && more > 0.0) scratch.touched.push_back(doc);
    scores[doc] = before + more;
  });
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
