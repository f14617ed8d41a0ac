#include <algorithm>
#include <bit>

#include "base/parallel.hpp"
#include "paritas/retrieve/bm25.hpp"
#include "retrieve/bm25_impl.hpp"
#include "retrieve/well_formed.hpp"

// How questions are answered: words in, the search, ids out.
namespace paritas {
namespace {

Error invalid(std::string message) { return {ErrorCode::invalid_argument, std::move(message)}; }

std::optional<Error> check_query(std::int64_t n_results, double min_score) {
  if (n_results < 0) return invalid("n_results must be at least 0");
  if (!(min_score >= 0.0)) return invalid("min_score must be at least 0");
  return std::nullopt;
}

Error at_index(Error error, std::size_t index) {
  error.offset = index;
  return error;
}

/// The first error of a batch, with its place.
std::optional<Error> first_of(std::vector<std::optional<Error>>& errors) {
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (errors[i]) return at_index(*std::move(errors[i]), i);
  }
  return std::nullopt;
}

/// A scratch of the pool for the time of one call.
class Borrowed {
 public:
  explicit Borrowed(const ScratchPool& pool) : pool_(pool), scratch_(pool.borrow()) { scratch_->terms.clear(); }
  ~Borrowed() { pool_.give_back(std::move(scratch_)); }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  SearchScratch& operator*() { return *scratch_; }
  SearchScratch* operator->() { return scratch_.get(); }

 private:
  const ScratchPool& pool_;
  std::unique_ptr<SearchScratch> scratch_;
};

/// Which ordinals a selection allows.
struct Allowed {
  std::shared_ptr<const Mask> mask;
  std::vector<std::uint64_t> listed;
  const std::uint64_t* words = nullptr;  // nullptr: all
};

std::optional<Error> allow(const Bm25Segments& index, const Selection& selection, Allowed& out) {
  if (selection.allowed) {
    const std::span<const std::uint8_t> listed = *selection.allowed;
    if (listed.size() != index.live) {
      return Error{ErrorCode::length_mismatch, "a selection must have one byte for each live document"};
    }
    out.listed.assign(index.ordinals() / 64 + 1, 0);
    std::size_t i = 0;
    index.each_live([&](std::uint32_t doc) {
      if (listed[i++] != 0) out.listed[doc / 64] |= std::uint64_t{1} << doc % 64;
    });
    out.words = out.listed.data();
  } else if (selection.filter != nullptr && !selection.filter->passes_all()) {
    out.mask = index.masks.of(*selection.filter, index.ordinals(), &index, [](const void* owner, std::size_t ordinal) {
      return static_cast<const Bm25Segments*>(owner)->metadata_at(static_cast<std::uint32_t>(ordinal));
    });
    out.words = out.mask->words.data();
  }
  return std::nullopt;
}

/// The best results for scratch.terms; the caller holds the lock.
Result<std::vector<Hit>> answer(const Bm25Segments& index, SearchScratch& scratch, std::int64_t n_results,
                                double min_score, const Allowed& allowed) {
  if (auto error = resolve(index, scratch)) return *std::move(error);
  search(index, scratch, static_cast<std::size_t>(n_results), min_score, allowed.words);
  const auto& best = scratch.top.finish();
  std::vector<Hit> hits;
  hits.reserve(best.size());
  for (const auto& [score, doc] : best) hits.push_back({id_of(index.id_at(doc)), score});
  return hits;
}

/// Where an ordinal stands among the live ones.
class LiveRank {
 public:
  explicit LiveRank(const Bm25Segments& index) : index_(index) {
    if (index.ordinals() == index.live) return;
    removed_.assign(index.ordinals() / 64 + 2, 0);
    for (std::uint32_t doc = 0; doc < index.ordinals(); ++doc)
      removed_[doc / 64 + 1] += index.is_removed(doc) ? 1u : 0u;
    for (std::size_t i = 1; i < removed_.size(); ++i) removed_[i] += removed_[i - 1];
  }
  [[nodiscard]] std::int64_t operator()(std::uint32_t doc) const {
    if (removed_.empty()) return doc;
    std::uint32_t before = removed_[doc / 64];
    for (std::uint32_t other = doc / 64 * 64; other < doc; ++other) before += index_.is_removed(other) ? 1u : 0u;
    return static_cast<std::int64_t>(doc) - before;
  }

 private:
  const Bm25Segments& index_;
  std::vector<std::uint32_t> removed_;  // before each 64 ordinals
};

}  // namespace

Result<std::vector<Hit>> Bm25::query(std::string_view text, std::int64_t n_results, double min_score,
                                     const Selection& selection) const {
  if (auto error = check_query(n_results, min_score)) return *std::move(error);
  Borrowed scratch(impl_->pool);
  impl_->analyzer.analyze(text, scratch->terms);
  const std::shared_lock lock(impl_->mutex);
  Allowed allowed;
  if (auto error = allow(*impl_, selection, allowed)) return *std::move(error);
  return answer(*impl_, *scratch, n_results, min_score, allowed);
}

Result<std::vector<Hit>> Bm25::query_tokens(std::span<const std::string_view> tokens, std::int64_t n_results,
                                            double min_score, const Selection& selection) const {
  if (auto error = check_query(n_results, min_score)) return *std::move(error);
  Borrowed scratch(impl_->pool);
  put_tokens(tokens, scratch->terms);
  const std::shared_lock lock(impl_->mutex);
  Allowed allowed;
  if (auto error = allow(*impl_, selection, allowed)) return *std::move(error);
  return answer(*impl_, *scratch, n_results, min_score, allowed);
}

Result<std::vector<std::vector<Hit>>> Bm25::query_batch(std::span<const std::string_view> texts, std::int64_t n_results,
                                                        double min_score, std::int64_t threads,
                                                        const Selection& selection) const {
  if (auto error = check_query(n_results, min_score)) return *std::move(error);
  if (threads < 0) return invalid("threads must be at least 0");
  std::vector<std::vector<Hit>> all(texts.size());
  std::vector<std::optional<Error>> errors(texts.size());
  const std::shared_lock lock(impl_->mutex);
  Allowed allowed;
  if (auto error = allow(*impl_, selection, allowed)) return *std::move(error);
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    Borrowed scratch(impl_->pool);
    for (std::size_t i = begin; i < end; ++i) {
      scratch->terms.clear();
      impl_->analyzer.analyze(texts[i], scratch->terms);
      auto hits = answer(*impl_, *scratch, n_results, min_score, allowed);
      if (hits.ok()) {
        all[i] = std::move(hits).value();
      } else {
        errors[i] = hits.error();
      }
    }
  });
  if (auto error = first_of(errors)) return *std::move(error);
  return all;
}

Result<Bm25Rows> Bm25::query_batch_arrays(std::span<const std::string_view> texts, std::int64_t n_results,
                                          double min_score, std::int64_t threads, const Selection& selection) const {
  if (auto error = check_query(n_results, min_score)) return *std::move(error);
  if (threads < 0) return invalid("threads must be at least 0");
  constexpr std::uint64_t kMostCells = std::uint64_t{1} << 27;
  const auto columns = static_cast<std::uint64_t>(n_results);
  if (!texts.empty() && columns > kMostCells / texts.size()) {
    return Error{ErrorCode::limit_exceeded, "n_results times the number of texts must be at most 134217728"};
  }
  Bm25Rows rows;
  rows.columns = static_cast<std::size_t>(columns);
  rows.positions.assign(texts.size() * rows.columns, -1);
  rows.scores.assign(texts.size() * rows.columns, 0.0);
  std::vector<std::optional<Error>> errors(texts.size());
  const std::shared_lock lock(impl_->mutex);
  Allowed allowed;
  if (auto error = allow(*impl_, selection, allowed)) return *std::move(error);
  const LiveRank rank(*impl_);
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    Borrowed scratch(impl_->pool);
    for (std::size_t i = begin; i < end; ++i) {
      scratch->terms.clear();
      impl_->analyzer.analyze(texts[i], scratch->terms);
      errors[i] = resolve(*impl_, *scratch);
      if (errors[i]) continue;
      search(*impl_, *scratch, rows.columns, min_score, allowed.words);
      std::size_t cell = i * rows.columns;
      for (const auto& [score, doc] : scratch->top.finish()) {
        rows.positions[cell] = rank(doc);
        rows.scores[cell++] = score;
      }
    }
  });
  if (auto error = first_of(errors)) return *std::move(error);
  return rows;
}

Result<std::vector<double>> Bm25::get_scores(std::string_view text) const { return get_scores_batch({&text, 1}, 1); }

Result<std::vector<double>> Bm25::get_scores_batch(std::span<const std::string_view> texts,
                                                   std::int64_t threads) const {
  if (threads < 0) return invalid("threads must be at least 0");
  std::vector<std::optional<Error>> errors(texts.size());
  const std::shared_lock lock(impl_->mutex);
  const auto columns = static_cast<std::size_t>(impl_->live);
  constexpr std::uint64_t kMostCells = std::uint64_t{1} << 27;
  if (columns != 0 && texts.size() > kMostCells / columns) {
    return Error{ErrorCode::limit_exceeded,
                 "the number of texts times the number of documents must be at most 134217728"};
  }
  std::vector<double> rows(texts.size() * columns);
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    Borrowed scratch(impl_->pool);
    std::vector<double> scores;
    for (std::size_t i = begin; i < end; ++i) {
      scratch->terms.clear();
      impl_->analyzer.analyze(texts[i], scratch->terms);
      errors[i] = resolve(*impl_, *scratch);
      if (errors[i]) continue;
      score_all(*impl_, *scratch, scores);
      double* row = rows.data() + i * columns;
      impl_->each_live([&](std::uint32_t doc) { *row++ = scores[doc]; });
    }
  });
  if (auto error = first_of(errors)) return *std::move(error);
  return rows;
}

std::vector<Span> Bm25::highlight(std::string_view query_text, std::string_view text) const {
  return impl_->analyzer.highlight(query_text, text);
}

Result<Bm25Explanation> Bm25::explain(std::string_view text, const DocId& id) const {
  Borrowed scratch(impl_->pool);
  impl_->analyzer.analyze(text, scratch->terms);
  const std::shared_lock lock(impl_->mutex);
  const Bm25Segments& index = *impl_;
  const std::uint32_t doc = index.find(id_key(id));
  if (doc == kNoOrdinal) return Error{ErrorCode::not_found, "no document has this id"};
  if (auto error = resolve(index, *scratch)) return *std::move(error);
  Bm25Explanation out;
  out.doc_length = index.length_at(doc);
  out.avg_doc_length = index.mean_length();
  out.doc_count = index.live;
  for (const WantedTerm& term : scratch->wanted) {
    const std::uint32_t tf = tf_in(index, doc, term.text);
    if (tf == 0) continue;
    const double part = index.formula.tf_part(tf, out.doc_length, out.avg_doc_length);
    const double gain = static_cast<double>(term.weight) * (term.rarity * part);
    out.terms.push_back({std::string(term.text), term.weight, tf, term.df, term.rarity, part, gain});
    out.score += gain;
  }
  return out;
}

}  // namespace paritas
