#include "retrieve/bm25_search.hpp"

#include <algorithm>

#include "paritas/base/hash.hpp"

// A query over all parts of an index: its terms, the parts in order of adding, what is not frozen.
namespace paritas {
namespace {

constexpr std::size_t kMostTerms = 1024;

}  // namespace

std::unique_ptr<SearchScratch> ScratchPool::borrow() const {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return std::make_unique<SearchScratch>();
  std::unique_ptr<SearchScratch> scratch = std::move(free_.back());
  free_.pop_back();
  return scratch;
}

void ScratchPool::give_back(std::unique_ptr<SearchScratch> scratch) const {
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(scratch));
}

std::optional<Error> resolve(const Bm25Segments& index, SearchScratch& scratch) {
  const Terms& words = scratch.terms;
  auto& wanted = scratch.wanted;
  wanted.clear();
  constexpr std::size_t kSlots = 4096;
  scratch.slots.assign(words.size() > 16 ? kSlots : 0, 0);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view text = words[i];
    const std::uint64_t hash = xxh3_64(text);
    std::size_t place = 0, slot = hash % kSlots;
    if (scratch.slots.empty()) {
      while (place < wanted.size() && (wanted[place].hash != hash || wanted[place].text != text)) ++place;
    } else {
      for (; scratch.slots[slot] != 0; slot = (slot + 1) % kSlots) {
        place = scratch.slots[slot] - 1u;
        if (wanted[place].hash == hash && wanted[place].text == text) break;
      }
      if (scratch.slots[slot] == 0) place = wanted.size();
    }
    if (place == wanted.size()) {
      if (place == kMostTerms) {
        return Error{ErrorCode::limit_exceeded, "a query must have at most 1024 different terms"};
      }
      wanted.push_back({text, hash, 0, 0, 0.0});
      if (!scratch.slots.empty()) scratch.slots[slot] = static_cast<std::uint16_t>(place + 1);
    }
    ++wanted[place].weight;
  }
  for (WantedTerm& term : wanted) {
    for (const auto& part : index.parts) {
      const std::uint32_t number = part->segment.find_term(term.text, term.hash);
      if (number != kNoOrdinal) term.df += part->live_df(number);
    }
    const std::uint32_t number = index.growing.find_term(term.text, term.hash);
    if (number != kNoOrdinal) term.df += index.growing.terms[number].df;
    if (term.df != 0) term.rarity = index.formula.idf(index.live, term.df);
  }
  std::erase_if(wanted, [](const WantedTerm& term) { return term.df == 0; });
  return std::nullopt;
}

namespace {

/// Scores of the documents that are not frozen, into scratch.growing; rest() must follow.
void score_growing(const Bm25Index& index, SearchScratch& scratch, const Bm25Segments& all, const double* known) {
  Scratch& own = scratch.growing;
  own.touched.clear();
  own.dense = false;
  if (own.scores.size() < index.lengths.size()) own.scores.resize(index.lengths.size() + index.lengths.size() / 8, 0.0);
  std::uint64_t reads = 0;
  const auto each = [&](const auto& use) {
    for (const WantedTerm& wanted : scratch.wanted) {
      const std::uint32_t number = index.find_term(wanted.text, wanted.hash);
      if (number != kNoOrdinal) use(index.terms[number], wanted);
    }
  };
  each([&](const PostedTerm& term, const WantedTerm&) { reads += term.entries; });
  own.dense = reads >= index.lengths.size() / 4;
  each([&](const PostedTerm& term, const WantedTerm& wanted) {
    index.accumulate(term, {&all.formula, all.mean_length(), known, wanted.rarity, static_cast<double>(wanted.weight)},
                     own);
  });
}

/// No document has more terms.
std::uint32_t longest_of(const Bm25Segments& index) {
  std::uint32_t longest = index.growing.longest;
  for (const auto& part : index.parts) longest = std::max(longest, part->segment.longest());
  return longest;
}

/// The table of values, once the query is worth it.
const double* known_values(const Bm25Segments& index, const SearchScratch& scratch) {
  std::uint64_t reads = 0;
  for (const WantedTerm& term : scratch.wanted) reads += term.df;
  return index.table.get(index.formula, index.mean_length(), longest_of(index), reads);
}

/// A score that at least `count` live documents have or exceed: those that hold a term that so many hold are each worth
/// one occurrence of it in the longest document. 0.0 if there is none.
double sure_score(const Bm25Segments& index, const SearchScratch& scratch, std::size_t count, const double* known) {
  const std::uint32_t longest = longest_of(index);
  double most = 0.0;
  for (const WantedTerm& term : scratch.wanted) {
    if (term.df < count) continue;
    const Gain gain{&index.formula, index.mean_length(), known, term.rarity, static_cast<double>(term.weight)};
    most = std::max(most, gain(1, longest));
  }
  return most / kSlack;
}

}  // namespace

void search(const Bm25Segments& index, SearchScratch& scratch, std::size_t count, double min_score,
            const std::uint64_t* allowed, Effort effort) {
  scratch.top.start(count, min_score);
  if (count == 0 || scratch.wanted.empty()) return;
  const double* known = known_values(index, scratch);
  if (allowed == nullptr && effort == Effort::pruned) {
    scratch.top.start(count, std::max(min_score, sure_score(index, scratch, count, known)));
  }
  for (const auto& part : index.parts) search_part(index, *part, scratch, allowed, known, effort);
  const Bm25Index& growing = index.growing;
  if (growing.live == 0) return;
  score_growing(growing, scratch, index, known);
  const std::uint32_t base = index.growing_base();
  const auto offer = [&](std::uint32_t doc) {
    const double score = scratch.growing.scores[doc];
    if (!(score > scratch.top.least()) || growing.forward[doc] == nullptr) return;
    const std::uint32_t ordinal = base + doc;
    if (allowed != nullptr && (allowed[ordinal / 64] >> ordinal % 64 & 1) == 0) return;
    scratch.top.offer(score, ordinal);
  };
  if (scratch.growing.dense) {
    for (std::uint32_t doc = 0; doc < growing.ordinals(); ++doc) offer(doc);
  } else {
    std::sort(scratch.growing.touched.begin(), scratch.growing.touched.end());  // an equal score never comes in later
    for (const std::uint32_t doc : scratch.growing.touched) offer(doc);
  }
  growing.rest(scratch.growing);
}

void score_all(const Bm25Segments& index, SearchScratch& scratch, std::vector<double>& scores) {
  scores.assign(index.ordinals(), 0.0);
  if (scratch.wanted.empty()) return;
  const double* known = known_values(index, scratch);
  for (const auto& part : index.parts) score_part(index, *part, scratch, known, scores.data() + part->base);
  const Bm25Index& growing = index.growing;
  if (growing.live == 0) return;
  score_growing(growing, scratch, index, known);
  for (std::uint32_t doc = 0; doc < growing.ordinals(); ++doc) {
    scores[index.growing_base() + doc] = scratch.growing.scores[doc];
  }
  growing.rest(scratch.growing);
}

std::uint32_t tf_in(const Bm25Segments& index, std::uint32_t doc, std::string_view term) {
  const std::uint64_t hash = xxh3_64(term);
  for (const auto& part : index.parts) {
    if (doc - part->base >= part->segment.docs()) continue;
    const std::uint32_t number = part->segment.find_term(term, hash);
    return number == kNoOrdinal ? 0 : tf_of(part->segment.list(number), doc - part->base);
  }
  const std::uint32_t number = index.growing.find_term(term, hash);
  std::uint32_t found = 0;
  if (number != kNoOrdinal) {
    each_posting(index.growing.terms[number], [&](std::uint32_t other, std::uint32_t tf) {
      if (other == doc - index.growing_base()) found = tf;
    });
  }
  return found;
}

}  // namespace paritas
