#include "paritas/retrieve/bm25.hpp"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "base/parallel.hpp"
#include "paritas/retrieve/metadata.hpp"
#include "retrieve/bm25_index.hpp"
#include "retrieve/well_formed.hpp"

namespace paritas {
namespace {

constexpr std::size_t kMostLength = std::numeric_limits<std::int32_t>::max();
constexpr double kLargest = 1e100;  // beyond it a product could leave the range of double

Error invalid(std::string message) { return {ErrorCode::invalid_argument, std::move(message)}; }

std::optional<Error> check_options(const Bm25Options& options) {
  if (!(options.k1 >= 0.0 && options.k1 <= kLargest)) return invalid("k1 must be from 0 to 1e100");
  if (!(options.b >= 0.0 && options.b <= 1.0)) return invalid("b must be from 0 to 1");
  if (!(options.delta >= 0.0 && options.delta <= kLargest)) return invalid("delta must be from 0 to 1e100");
  if (!variant_of(options.variant)) {
    return invalid("variant must be \"lucene\", \"okapi\", \"robertson\", \"atire\", \"bm25l\" or \"bm25+\", not \"" +
                   options.variant + "\"");
  }
  return std::nullopt;
}

std::optional<Error> check_query(std::int64_t n_results, double min_score) {
  if (n_results < 0) return invalid("n_results must be at least 0");
  if (!(min_score >= 0.0)) return invalid("min_score must be at least 0");
  return std::nullopt;
}

std::optional<Error> check_metadata(std::optional<std::string_view> metadata) {
  if (!metadata) return std::nullopt;
  const auto decoded = decode_metadata(*metadata);
  if (!decoded.ok()) return decoded.error();
  return std::nullopt;
}

Error too_long() {
  return {ErrorCode::limit_exceeded, "a document must have at most 2147483647 terms: cut it into passages"};
}

std::optional<std::string> owned(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

Error at_index(Error error, std::size_t index) {
  error.offset = index;
  return error;
}

/// A scratch of the pool for the time of one call.
class Borrowed {
 public:
  template <class Index>
  explicit Borrowed(const Index& index) : scratch_(index.borrow()) {}
  Scratch& operator*() { return *scratch_; }
  Scratch* operator->() { return scratch_.get(); }
  template <class Index>
  void end(const Index& index) {
    index.give_back(std::move(scratch_));
  }

 private:
  std::unique_ptr<Scratch> scratch_;
};

void put_terms(std::span<const std::string_view> tokens, Terms& terms) {
  for (const std::string_view token : tokens) {
    if (well_formed(token)) {
      terms.bytes += token;
    } else {
      terms.bytes += repaired(token);
    }
    terms.ends.push_back(terms.bytes.size());
  }
}

}  // namespace

Bm25::Bm25(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Bm25::Bm25(Bm25&&) noexcept = default;
Bm25& Bm25::operator=(Bm25&&) noexcept = default;
Bm25::~Bm25() = default;

Result<Bm25> Bm25::create(const Bm25Options& options, std::optional<Analyzer> analyzer) {
  if (auto error = check_options(options)) return *std::move(error);
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  impl->variant = *variant_of(options.variant);
  if (analyzer) {
    impl->analyzer = *std::move(analyzer);
  } else {
    impl->analyzer = Analyzer::create({}).value();  // the defaults are never refused
  }
  return Bm25(std::move(impl));
}

Result<bool> Bm25::add_document(const DocId& id, std::string_view text, std::optional<std::string_view> metadata) {
  if (auto error = check_metadata(metadata)) return *std::move(error);
  Terms words;
  impl_->analyzer.analyze(text, words);
  if (words.size() > kMostLength) return too_long();
  std::optional<std::string> kept;
  if (impl_->options.store_text) kept = repaired(text);
  const std::string key = id_key(id);
  const std::unique_lock lock(impl_->mutex);
  return impl_->add(key, words, std::move(kept), owned(metadata));
}

Result<bool> Bm25::add_tokens(const DocId& id, std::span<const std::string_view> tokens,
                              std::optional<std::string_view> metadata) {
  if (auto error = check_metadata(metadata)) return *std::move(error);
  if (tokens.size() > kMostLength) return too_long();
  Terms words;
  put_terms(tokens, words);
  const std::string key = id_key(id);
  const std::unique_lock lock(impl_->mutex);
  return impl_->add(key, words, std::nullopt, owned(metadata));
}

Result<std::uint64_t> Bm25::add_documents(std::span<const DocId> ids, std::span<const std::string_view> texts,
                                          std::span<const std::optional<std::string_view>> metadatas,
                                          std::string_view on_duplicate, std::int64_t threads) {
  if (on_duplicate != "replace" && on_duplicate != "keep" && on_duplicate != "error") {
    return invalid("on_duplicate must be \"replace\", \"keep\" or \"error\"");
  }
  if (threads < 0) return invalid("threads must be at least 0");
  if (ids.size() != texts.size() || (!metadatas.empty() && metadatas.size() != ids.size())) {
    return Error{ErrorCode::length_mismatch, "ids, texts and metadatas must be of one length"};
  }
  for (std::size_t i = 0; i < metadatas.size(); ++i) {
    if (auto error = check_metadata(metadatas[i])) return at_index(*std::move(error), i);
  }
  std::vector<std::string> keys;
  keys.reserve(ids.size());
  for (const DocId& id : ids) keys.push_back(id_key(id));

  // Texts are read before the lock is taken, in blocks, so that a large batch needs little memory at a time; only one
  // that could hold too many terms must be read ahead to refuse it before anything changes.
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].size() <= kMostLength) continue;
    Terms words;
    impl_->analyzer.analyze(texts[i], words);
    if (words.size() > kMostLength) return at_index(too_long(), i);
  }
  const std::unique_lock lock(impl_->mutex);
  if (on_duplicate == "error") {
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!seen.insert(keys[i]).second || impl_->find(ids[i]) != kNoOrdinal) {
        return Error{ErrorCode::duplicate_key, "an id must stand once and be new: nothing was added", i};
      }
    }
  }
  std::uint64_t added = 0;
  constexpr std::size_t kBlock = 4096;
  std::vector<Terms> words(std::min(kBlock, texts.size()));
  for (std::size_t start = 0; start < texts.size(); start += kBlock) {
    const std::size_t count = std::min(kBlock, texts.size() - start);
    parallel_for(count, static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        words[i].clear();
        impl_->analyzer.analyze(texts[start + i], words[i]);
      }
    });
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = start + i;
      if (on_duplicate == "keep" && impl_->find(ids[at]) != kNoOrdinal) continue;
      std::optional<std::string> kept;
      if (impl_->options.store_text) kept = repaired(texts[at]);
      impl_->add(keys[at], words[i], std::move(kept), metadatas.empty() ? std::nullopt : owned(metadatas[at]));
      ++added;
    }
  }
  return added;
}

bool Bm25::remove(const DocId& id) {
  const std::string key = id_key(id);
  const std::unique_lock lock(impl_->mutex);
  const bool removed = impl_->remove(key);
  impl_->compact_if_worth_it();
  return removed;
}

std::uint64_t Bm25::remove_many(std::span<const DocId> ids) {
  const std::unique_lock lock(impl_->mutex);
  std::uint64_t removed = 0;
  for (const DocId& id : ids) removed += impl_->remove(id_key(id)) ? 1u : 0u;
  impl_->compact_if_worth_it();
  return removed;
}

void Bm25::clear() {
  const std::unique_lock lock(impl_->mutex);
  Impl nothing;
  impl_->take_contents(nothing);
}

namespace {

/// Scores and ranks what scratch.terms asks for; the caller holds the lock.
template <class Index>
Result<std::vector<Hit>> answer(const Index& index, Scratch& scratch, std::int64_t n_results, double min_score) {
  if (auto error = index.resolve(scratch)) return *std::move(error);
  std::vector<Hit> hits;
  if (n_results > 0) {
    index.score(scratch);
    index.best(scratch, static_cast<std::size_t>(n_results), min_score);
    hits.reserve(scratch.best.size());
    for (const auto& [score, doc] : scratch.best) hits.push_back({id_of(index.id_at(doc)), score});
    index.rest(scratch);
  }
  return hits;
}

}  // namespace

Result<std::vector<Hit>> Bm25::query(std::string_view text, std::int64_t n_results, double min_score) const {
  if (auto error = check_query(n_results, min_score)) return *std::move(error);
  Borrowed scratch(*impl_);
  scratch->terms.clear();
  impl_->analyzer.analyze(text, scratch->terms);
  const std::shared_lock lock(impl_->mutex);
  auto hits = answer(*impl_, *scratch, n_results, min_score);
  scratch.end(*impl_);
  return hits;
}

Result<std::vector<Hit>> Bm25::query_tokens(std::span<const std::string_view> tokens, std::int64_t n_results,
                                            double min_score) const {
  if (auto error = check_query(n_results, min_score)) return *std::move(error);
  Borrowed scratch(*impl_);
  scratch->terms.clear();
  put_terms(tokens, scratch->terms);
  const std::shared_lock lock(impl_->mutex);
  auto hits = answer(*impl_, *scratch, n_results, min_score);
  scratch.end(*impl_);
  return hits;
}

Result<std::vector<std::vector<Hit>>> Bm25::query_batch(std::span<const std::string_view> texts, std::int64_t n_results,
                                                        double min_score, std::int64_t threads) const {
  if (auto error = check_query(n_results, min_score)) return *std::move(error);
  if (threads < 0) return invalid("threads must be at least 0");
  std::vector<std::vector<Hit>> all(texts.size());
  std::vector<std::optional<Error>> errors(texts.size());
  const std::shared_lock lock(impl_->mutex);
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    Borrowed scratch(*impl_);
    for (std::size_t i = begin; i < end; ++i) {
      scratch->terms.clear();
      impl_->analyzer.analyze(texts[i], scratch->terms);
      auto hits = answer(*impl_, *scratch, n_results, min_score);
      if (hits.ok()) {
        all[i] = std::move(hits).value();
      } else {
        errors[i] = hits.error();
      }
    }
    scratch.end(*impl_);
  });
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (errors[i]) return at_index(*std::move(errors[i]), i);
  }
  return all;
}

Result<Bm25Rows> Bm25::query_batch_arrays(std::span<const std::string_view> texts, std::int64_t n_results,
                                          double min_score, std::int64_t threads) const {
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
  std::vector<std::int64_t> position(impl_->ordinals());
  std::int64_t live = 0;
  for (std::size_t doc = 0; doc < position.size(); ++doc) {
    position[doc] = live;
    if (impl_->forward[doc] != nullptr) ++live;
  }
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    Borrowed scratch(*impl_);
    for (std::size_t i = begin; i < end; ++i) {
      scratch->terms.clear();
      impl_->analyzer.analyze(texts[i], scratch->terms);
      errors[i] = impl_->resolve(*scratch);
      if (errors[i]) continue;
      impl_->score(*scratch);
      impl_->best(*scratch, rows.columns, min_score);
      std::size_t cell = i * rows.columns;
      for (const auto& [score, doc] : scratch->best) {
        rows.positions[cell] = position[doc];
        rows.scores[cell++] = score;
      }
      impl_->rest(*scratch);
    }
    scratch.end(*impl_);
  });
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (errors[i]) return at_index(*std::move(errors[i]), i);
  }
  return rows;
}

Result<std::vector<double>> Bm25::get_scores(std::string_view text) const {
  Borrowed scratch(*impl_);
  scratch->terms.clear();
  impl_->analyzer.analyze(text, scratch->terms);
  const std::shared_lock lock(impl_->mutex);
  if (auto error = impl_->resolve(*scratch)) return *std::move(error);
  impl_->score(*scratch);
  std::vector<double> all;
  all.reserve(static_cast<std::size_t>(impl_->live));
  for (std::size_t doc = 0; doc < impl_->forward.size(); ++doc) {
    if (impl_->forward[doc] != nullptr) all.push_back(doc < scratch->scores.size() ? scratch->scores[doc] : 0.0);
  }
  impl_->rest(*scratch);
  scratch.end(*impl_);
  return all;
}

Result<Bm25Explanation> Bm25::explain(std::string_view text, const DocId& id) const {
  Scratch scratch;
  impl_->analyzer.analyze(text, scratch.terms);
  const std::shared_lock lock(impl_->mutex);
  const std::uint32_t doc = impl_->find(id);
  if (doc == kNoOrdinal) return Error{ErrorCode::not_found, "no document has this id"};
  if (auto error = impl_->resolve(scratch)) return *std::move(error);
  Bm25Explanation out;
  out.doc_length = impl_->lengths[doc];
  out.avg_doc_length = impl_->mean_length();
  out.doc_count = impl_->live;
  for (const QueryTerm& item : scratch.query) {
    const PostedTerm& term = impl_->terms[item.term];
    each_posting(term, [&](std::uint32_t other, std::uint32_t tf) {
      if (other != doc) return;
      const double idf = impl_->idf(term.df), part = impl_->tf_part(tf, out.doc_length, out.avg_doc_length);
      const double gain = static_cast<double>(item.weight) * (idf * part);
      out.terms.push_back({std::string(impl_->term_at(item.term)), item.weight, tf, term.df, idf, part, gain});
      out.score += gain;
    });
  }
  return out;
}

std::uint64_t Bm25::count() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->live;
}

bool Bm25::contains(const DocId& id) const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->find(id) != kNoOrdinal;
}

std::optional<Bm25Document> Bm25::get(const DocId& id) const {
  const std::shared_lock lock(impl_->mutex);
  const std::uint32_t doc = impl_->find(id);
  if (doc == kNoOrdinal) return std::nullopt;
  Bm25Document out;
  out.id = id_of(impl_->id_at(doc));
  out.length = impl_->lengths[doc];
  if (const Extra* extra = impl_->extra(doc)) {
    out.text = extra->text;
    out.metadata = extra->metadata;
  }
  return out;
}

std::vector<DocId> Bm25::ids() const {
  const std::shared_lock lock(impl_->mutex);
  std::vector<DocId> out;
  out.reserve(static_cast<std::size_t>(impl_->live));
  for (std::uint32_t doc = 0; doc < impl_->ordinals(); ++doc) {
    if (impl_->forward[doc] != nullptr) out.push_back(id_of(impl_->id_at(doc)));
  }
  return out;
}

Bm25Stats Bm25::stats() const {
  const std::shared_lock lock(impl_->mutex);
  const Impl& index = *impl_;
  Bm25Stats out;
  out.documents = index.live;
  out.removed = index.ordinals() - index.live;
  out.total_length = index.total_length;
  out.avg_doc_length = index.live == 0 ? 0.0 : index.mean_length();
  for (const PostedTerm& term : index.terms) {
    out.terms += term.df != 0 ? 1u : 0u;
    out.postings += term.entries;
    out.posting_bytes += term.postings.heap_bytes();
  }
  out.vocabulary_bytes =
      index.terms.capacity() * sizeof(PostedTerm) + index.by_term.heap_bytes() + index.term_bytes.heap_bytes();
  out.forward_bytes = index.forward.capacity() * sizeof(void*) + index.forward_bytes.heap_bytes();
  out.document_bytes = index.ids.capacity() * sizeof(void*) + index.id_bytes.heap_bytes() + index.by_id.heap_bytes() +
                       index.lengths.capacity() * sizeof(std::uint32_t) + index.extras.capacity() * sizeof(void*);
  for (const auto& extra : index.extras) {
    if (extra == nullptr) continue;
    out.document_bytes += sizeof(Extra) + extra->text.value_or("").size() + extra->metadata.value_or("").size();
  }
  if (out.postings != 0) {
    out.bytes_per_posting = static_cast<double>(out.posting_bytes + out.forward_bytes + out.vocabulary_bytes) /
                            static_cast<double>(out.postings);
  }
  return out;
}

}  // namespace paritas
