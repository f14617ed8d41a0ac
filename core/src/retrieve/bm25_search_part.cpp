#include <algorithm>
#include <bit>
#include <limits>

#include "retrieve/bm25_search.hpp"

// How the best documents are found without scoring all: MaxScore over ranges of documents with a bound for each block of
// postings (Turtle and Flood 1995; Ding and Suel 2011). A document is passed over only when a bound says that it cannot
// beat the worst result so far; one that may is scored by all its terms in the order of the query, so that its bits do
// not depend on the way by which it was found.
namespace paritas {
namespace {

constexpr std::uint32_t kNothing = 0xFFFFFFFFu;
// Windows begin small: the sooner a score is known that must be beaten, the fewer documents are looked at.
constexpr std::uint32_t kFirstWindow = 256, kWindow = 4096, kWidestWindow = 16384;
constexpr std::uint32_t kInFull = 16;
constexpr std::size_t kMostPruned =
    32;  // terms; with more of them, or in a single window, bounds cost more than they save

/// How many of the first `count` documents are before `doc`; count is at most 128. Without a branch that could be
/// guessed wrong.
std::uint32_t before(const std::uint32_t* docs, std::uint32_t count, std::uint32_t doc) {
  std::uint32_t at = 0;
  for (std::uint32_t step = 64; step != 0; step /= 2) {
    const std::uint32_t next = at + step;
    at = next <= count && docs[next - 1] < doc ? next : at;
  }
  return at + (at < count && docs[at] < doc ? 1u : 0u);
}

}  // namespace

/// One term of the query and its list in a part.
struct PartTerm {
  PostingList list;
  Gain gain;
  Unpacked* part;
  std::uint32_t in_part;  // the block that is unpacked there, or kNothing
  std::uint32_t block;    // the first that may reach into the window
  std::uint32_t probe;    // the one that was asked for a document last
  double bound;           // of the whole list
  double in_window;       // of its blocks in the window
  std::size_t place;      // among the terms, by bound

  [[nodiscard]] std::uint32_t blocks() const { return list.blocks == 0 ? 1 : list.blocks; }
  [[nodiscard]] std::uint32_t last_of(std::uint32_t at) const {
    return list.blocks == 0 ? part->docs[part->count - 1] : list.head(at).last;
  }
  void unpack_block(std::uint32_t at) {
    if (in_part == at) return;
    unpack(list, at, *part);
    in_part = at;
  }
  [[nodiscard]] std::uint32_t first_block(std::uint32_t from, std::uint32_t doc) const {
    if (list.blocks != 0) return block_of(list, from, doc);
    return from == 0 && last_of(0) >= doc ? 0 : 1;
  }
  [[nodiscard]] double bound_of(std::span<const Bound> bounds) const {
    double most = bounds.empty() ? std::numeric_limits<double>::infinity() : 0.0;  // none: the bytes are damaged
    for (const Bound& one : bounds) {
      most = std::max(most, gain(one.tf == 65535 ? kNothing : one.tf, one.length));
    }
    return most * kSlack;
  }
  [[nodiscard]] double bound_of_block(std::uint32_t at) const {
    return list.blocks == 0 ? bound : bound_of(list.bounds(at));
  }
  /// How often a document holds the term; documents must be asked for in order, from the start of the window.
  std::uint32_t tf_at(std::uint32_t doc) {
    probe = first_block(probe, doc);
    if (probe == blocks()) return 0;
    unpack_block(probe);
    const std::uint32_t at = before(part->docs, part->count, doc);
    return at != part->count && part->docs[at] == doc ? part->tfs[at] : 0;
  }
};

SearchScratch::SearchScratch() = default;
SearchScratch::~SearchScratch() = default;

namespace {

/// A query over one frozen part.
class PartSearch {
 public:
  PartSearch(const Bm25Segments& index, const FrozenPart& part, SearchScratch& scratch)
      : index_(index), part_(part), segment_(part.segment), scratch_(scratch), terms_(scratch.part_terms) {}

  void search(const std::uint64_t* allowed, const double* known, Effort effort) {
    open(known);
    if (terms_.empty()) return;
    allowed_ = allowed;
    prune_ = effort == Effort::pruned && terms_.size() <= kMostPruned && segment_.docs() >= kWindow;
    width_ = prune_ ? kFirstWindow : kWindow;
    all_known_ = known != nullptr && segment_.longest() < TfTable::kLengths;
    order_by_bound();
    const std::uint32_t docs = segment_.docs();
    for (std::uint32_t start = 0; start < docs;) start = window(start);
  }

  /// Adds every score to scores[doc].
  void score_all(const double* known, double* scores) {
    open(known);
    for (PartTerm& term : terms_) {
      segment_.with_lengths([&](const auto* lengths) {
        for (std::uint32_t block = 0; block < term.blocks(); ++block) {
          term.unpack_block(block);
          const Unpacked& part = *term.part;
          for (std::uint32_t i = 0; i < part.count; ++i) {
            scores[part.docs[i]] += term.gain(part.tfs[i], lengths[part.docs[i]]);
          }
        }
      });
    }
  }

 private:
  /// The lists of the query's terms, in its order.
  void open(const double* known) {
    terms_.clear();
    const std::size_t most = scratch_.wanted.size();
    if (scratch_.unpacked.size() < most) scratch_.unpacked.resize(most);
    for (const WantedTerm& wanted : scratch_.wanted) {
      const std::uint32_t number = segment_.find_term(wanted.text, wanted.hash);
      if (number == kNoOrdinal) continue;
      PartTerm term{segment_.list(number),
                    {&index_.formula, index_.mean_length(), known, wanted.rarity, static_cast<double>(wanted.weight)},
                    &scratch_.unpacked[terms_.size()],
                    kNothing,
                    0,
                    0,
                    0.0,
                    0.0,
                    0};
      if (term.list.count == 0) continue;
      if (term.list.blocks == 0) {
        term.unpack_block(0);
        const Unpacked& part = *term.part;
        for (std::uint32_t i = 0; i < part.count; ++i) {
          term.bound = std::max(term.bound, term.gain(part.tfs[i], segment_.length_at(part.docs[i])));
        }
        term.bound *= kSlack;
        if (part.count == 0) continue;
      } else {
        term.bound = term.bound_of(term.list.list_bounds());
      }
      terms_.push_back(term);
    }
  }

  void order_by_bound() {
    auto& order = scratch_.order;
    order.resize(terms_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return terms_[a].bound != terms_[b].bound ? terms_[a].bound < terms_[b].bound : a < b;
    });
    for (std::uint32_t i = 0; i < order.size(); ++i) terms_[order[i]].place = i;
    scratch_.tfs.resize(terms_.size());
  }

  [[nodiscard]] double least() const { return prune_ ? scratch_.top.least() : -1.0; }

  /// Looks at the documents from `start` on and returns where it stopped.
  std::uint32_t window(std::uint32_t start) {
    const auto& order = scratch_.order;
    // The terms of least worth, which together lift no document into the results.
    double rest = 0.0;
    std::size_t idle = 0;
    const bool add_all = in_full_ > 0;
    if (add_all) --in_full_;
    while (!add_all && idle < order.size() && (rest + terms_[order[idle]].bound) * kSlack <= least()) {
      rest += terms_[order[idle++]].bound;
    }
    const std::uint32_t docs = segment_.docs();
    if (idle == order.size()) return docs;

    // How far to look: the others' postings should be worth the window, and one alone is read block by block.
    std::uint64_t postings = 0;
    std::uint32_t next = docs;  // the first document that any of them may hold
    for (std::size_t i = idle; i < order.size(); ++i) {
      PartTerm& term = terms_[order[i]];
      postings += term.list.count;
      term.block = term.first_block(term.block, start);
      if (term.block == term.blocks()) continue;
      const bool before = term.list.blocks != 0 && term.block != 0;
      const std::uint32_t first = before                  ? term.last_of(term.block - 1) + 1
                                  : term.list.blocks == 0 ? term.part->docs[0]
                                                          : 0;
      next = std::min(next, std::max(first, start));
    }
    if (next == docs) return docs;
    start = next;
    const bool alone = idle + 1 == order.size();
    const std::uint32_t end = [&] {
      if (alone) return terms_[order[idle]].last_of(terms_[order[idle]].block) + 1;
      std::uint32_t width = std::min(width_, kWindow);
      while (width < kWidestWindow && postings * width < std::uint64_t{512} * docs) width *= 2;
      width_ *= width_ < kWindow ? 2 : 1;
      return docs - start > width ? start + width : docs;
    }();
    double most = rest;
    for (std::size_t i = idle; i < order.size(); ++i) {
      PartTerm& term = terms_[order[i]];
      term.in_window = 0.0;
      for (std::uint32_t block = term.block; block < term.blocks(); ++block) {
        const std::uint32_t first = term.list.blocks == 0 ? term.part->docs[0]
                                    : block == 0          ? 0
                                                          : term.last_of(block - 1) + 1;
        if (first >= end) break;
        term.in_window = std::max(term.in_window, least() > 0.0 ? term.bound_of_block(block) : term.bound);
        if (least() <= 0.0) break;
      }
      most += term.in_window;
    }
    if (most * kSlack <= least()) return end;
    candidates_ = 0;
    if (alone) {
      one_term(terms_[order[idle]], idle, rest, start, end);
    } else {
      many_terms(idle, rest, start, end);
    }
    // To look a document up in a list costs as much as to add so many postings: where that would have been cheaper, it is
    // done for the next windows.
    constexpr std::uint64_t kLookUp = 48;
    std::uint64_t idle_postings = 0;
    for (std::size_t i = 0; i < idle; ++i) idle_postings += terms_[order[i]].list.count;
    if (candidates_ * kLookUp * docs > idle_postings * (end - start)) in_full_ = kInFull;
    return end;
  }

  [[nodiscard]] bool may_be_result(std::uint32_t doc) const {
    if (part_.is_removed(doc)) return false;
    const std::uint32_t ordinal = part_.base + doc;
    return allowed_ == nullptr || (allowed_[ordinal / 64] >> ordinal % 64 & 1) != 0;
  }

  void offer(std::uint32_t doc, double score) {
    if (score > scratch_.top.least() && may_be_result(doc)) scratch_.top.offer(score, part_.base + doc);
  }

  /// The block of one term, whose documents alone may be results; the first `idle` terms in order may add to them.
  void one_term(PartTerm& term, std::size_t idle, double rest, std::uint32_t start, std::uint32_t end) {
    start_probing(start);
    term.unpack_block(term.block);
    const Unpacked& part = *term.part;
    const auto number = static_cast<std::uint32_t>(&term - terms_.data());
    std::uint32_t i = 0;
    while (i < part.count && part.docs[i] < start) ++i;
    for (; i < part.count && part.docs[i] < end; ++i) {
      const std::uint32_t doc = part.docs[i], length = segment_.length_at(doc);
      const double score = term.gain(part.tfs[i], length);
      if (idle == 0) {
        offer(doc, score);
      } else if ((score + rest) * kSlack > least()) {
        scratch_.tfs[number] = part.tfs[i];
        candidate(doc, length, score, idle, rest, number);
      }
    }
  }

  void start_probing(std::uint32_t start) {
    for (PartTerm& term : terms_) {
      term.block = term.first_block(term.block, start);
      term.probe = term.block;
    }
  }

  /// A document that may be a result: `score` is what the terms that are not idle give, about. Looks into the lists of
  /// the idle ones, those of most worth first, until they cannot lift it any more.
  void candidate(std::uint32_t doc, std::uint32_t length, double score, std::size_t idle, double rest,
                 std::uint32_t known) {
    if (!may_be_result(doc)) return;
    ++candidates_;
    for (std::size_t i = idle; i-- > 0;) {
      const std::uint32_t number = scratch_.order[i];
      PartTerm& term = terms_[number];
      rest -= term.bound;
      if (rest < 0.0) rest = 0.0;
      if (term.list.blocks != 0) {
        term.probe = block_of(term.list, term.probe, doc);
        if (term.probe != term.list.blocks && term.probe != term.in_part &&
            (score + rest + term.bound_of_block(term.probe)) * kSlack <= least()) {
          return;
        }
      }
      const std::uint32_t tf = term.tf_at(doc);
      scratch_.tfs[number] = tf;
      if (tf != 0) score += term.gain(tf, length);
      if ((score + rest) * kSlack <= least()) return;
    }
    double exact = 0.0;
    for (std::uint32_t number = 0; number < terms_.size(); ++number) {
      PartTerm& term = terms_[number];
      const bool looked_up = number == known || term.place < idle;
      const std::uint32_t tf = looked_up ? scratch_.tfs[number] : term.tf_at(doc);
      if (tf != 0) exact += term.gain(tf, length);
    }
    if (exact > scratch_.top.least()) scratch_.top.offer(exact, part_.base + doc);
  }

  /// Adds up the terms that are not idle over a window. When none is, the sums are the scores.
  void many_terms(std::size_t idle, double rest, std::uint32_t start, std::uint32_t end) {
    const std::size_t width = end - start;
    if (scratch_.window.size() < kWidestWindow) {
      scratch_.window.resize(kWidestWindow, 0.0);
      scratch_.touched.resize(kWidestWindow / 64, 0);
    }
    double* window = scratch_.window.data();
    std::uint64_t expected = 0;
    for (std::size_t i = idle; i < scratch_.order.size(); ++i) expected += terms_[scratch_.order[i]].list.count;
    const bool dense = expected * 8 > segment_.docs();  // so many are met that all are looked at
    std::uint64_t* touched = dense ? nullptr : scratch_.touched.data();
    for (PartTerm& term : terms_) {  // in the order of the query
      if (term.place < idle) continue;
      segment_.with_lengths([&](const auto* lengths) { add(term, lengths, start, end, window, touched); });
    }
    if (idle != 0) start_probing(start);
    const auto look = [&](std::size_t i) {
      const double score = window[i];
      const auto doc = static_cast<std::uint32_t>(start + i);
      if (idle == 0) {
        offer(doc, score);
      } else if ((score + rest) * kSlack > least()) {
        candidate(doc, segment_.length_at(doc), score, idle, rest, kNothing);
      }
    };
    if (dense) {
      // A little less than what must be beaten: look() has the last word.
      const double below = idle == 0 ? scratch_.top.least() : std::max(least() / kSlack / kSlack - rest * kSlack, 0.0);
      constexpr std::size_t kGroup = 8;  // one branch for so many; the window is wider than any range of documents
      for (std::size_t group = 0; group < width; group += kGroup) {
        int any = 0;
        for (std::size_t i = group; i < group + kGroup; ++i) any |= window[i] > below ? 1 : 0;
        for (std::size_t i = group; any != 0 && i < std::min(group + kGroup, width); ++i) {
          if (window[i] > below) look(i);
        }
      }
      std::fill_n(window, width, 0.0);
      return;
    }
    for (std::size_t word = 0; word * 64 < width; ++word) {
      for (std::uint64_t bits = touched[word]; bits != 0; bits &= bits - 1) {
        const std::size_t i = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        look(i);
        window[i] = 0.0;
      }
      touched[word] = 0;
    }
  }

  template <class Length>
  void add(PartTerm& term, const Length* lengths, std::uint32_t start, std::uint32_t end, double* window,
           std::uint64_t* touched) const {
    for (std::uint32_t block = term.block; block < term.blocks(); ++block) {
      if (term.list.blocks != 0 && block != term.block && term.last_of(block - 1) + 1 >= end) break;
      term.unpack_block(block);
      const Unpacked& part = *term.part;
      const std::uint32_t* docs = part.docs;
      std::uint32_t from = 0, to = part.count;
      if (to == 0) continue;
      if (docs[0] < start) from = before(docs, to, start);
      if (docs[to - 1] >= end) to = before(docs, to, end);
      const Gain gain = term.gain;
      if (touched != nullptr) {
        for (std::uint32_t i = from; i < to; ++i) {
          const std::uint32_t at = docs[i] - start;
          touched[at / 64] |= std::uint64_t{1} << at % 64;
        }
      }
      if (all_known_ && part.most_tf <= TfTable::kTf) {
        for (std::uint32_t i = from; i < to; ++i) {
          const std::uint32_t length = lengths[docs[i]] % TfTable::kLengths;  // in the table even if damaged
          const double part_of = gain.known[(part.tfs[i] - 1) * TfTable::kLengths + length];
          window[docs[i] - start] += gain.weight * (gain.rarity * part_of);
        }
      } else {
        for (std::uint32_t i = from; i < to; ++i) window[docs[i] - start] += gain(part.tfs[i], lengths[docs[i]]);
      }
    }
  }

  const Bm25Segments& index_;
  const FrozenPart& part_;
  const Segment& segment_;
  SearchScratch& scratch_;
  std::vector<PartTerm>& terms_;
  const std::uint64_t* allowed_ = nullptr;
  bool prune_ = true;
  bool all_known_ = false;  // no document is longer than the table of values
  std::uint32_t width_ = kWindow;
  std::uint32_t in_full_ = 0;     // windows left in which all terms are added up
  std::uint64_t candidates_ = 0;  // of the last window
};

}  // namespace

void search_part(const Bm25Segments& index, const FrozenPart& part, SearchScratch& scratch,
                 const std::uint64_t* allowed, const double* known, Effort effort) {
  PartSearch(index, part, scratch).search(allowed, known, effort);
}

void score_part(const Bm25Segments& index, const FrozenPart& part, SearchScratch& scratch, const double* known,
                double* scores) {
  PartSearch(index, part, scratch).score_all(known, scores);
}

}  // namespace paritas
