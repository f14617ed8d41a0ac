#include "paritas/retrieve/bm25.hpp"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "base/parallel.hpp"
#include "paritas/retrieve/metadata.hpp"
#include "retrieve/bm25_impl.hpp"
#include "retrieve/well_formed.hpp"

// How documents come and go, and what is known of them.

namespace paritas {
namespace {

constexpr std::size_t kMostLength = std::numeric_limits<std::int32_t>::max();
constexpr double kLargest = 1e100;  // beyond it a product could leave the range of double

Error invalid(std::string message) { return {ErrorCode::invalid_argument, std::move(message)}; }

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

Error full() {
  return {ErrorCode::limit_exceeded,
          "an index must have at most 4 GiB of ids, 4 GiB of different terms and 4294967294 documents: make two"};
}

}  // namespace

void put_tokens(std::span<const std::string_view> tokens, Terms& terms) {
  for (const std::string_view token : tokens) {
    if (well_formed(token)) {
      terms.bytes += token;
    } else {
      terms.bytes += repaired(token);
    }
    terms.ends.push_back(terms.bytes.size());
  }
}

std::optional<Error> check_bm25_options(const Bm25Options& options) {
  if (!(options.k1 >= 0.0 && options.k1 <= kLargest)) return invalid("k1 must be from 0 to 1e100");
  if (!(options.b >= 0.0 && options.b <= 1.0)) return invalid("b must be from 0 to 1");
  if (!(options.delta >= 0.0 && options.delta <= kLargest)) return invalid("delta must be from 0 to 1e100");
  if (!variant_of(options.variant)) {
    return invalid("variant must be \"lucene\", \"okapi\", \"robertson\", \"atire\", \"bm25l\" or \"bm25+\", not \"" +
                   options.variant + "\"");
  }
  return std::nullopt;
}

Bm25::Bm25(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Bm25::Bm25(Bm25&&) noexcept = default;
Bm25& Bm25::operator=(Bm25&&) noexcept = default;
Bm25::~Bm25() = default;

Result<Bm25> Bm25::create(const Bm25Options& options, std::optional<Analyzer> analyzer) {
  if (auto error = check_bm25_options(options)) return *std::move(error);
  auto impl = std::make_unique<Impl>();
  impl->given = options;
  impl->formula = {options.k1, options.b, options.delta, *variant_of(options.variant)};
  if (analyzer) {
    impl->analyzer = *std::move(analyzer);
  } else {
    impl->analyzer = Analyzer::create({}).value();  // the defaults are never refused
  }
  impl->options = write_bm25_options(options, impl->analyzer);
  return Bm25(std::move(impl));
}

Result<bool> Bm25::add_document(const DocId& id, std::string_view text, std::optional<std::string_view> metadata) {
  if (auto error = check_metadata(metadata)) return *std::move(error);
  Terms words;
  impl_->analyzer.analyze(text, words);
  if (words.size() > kMostLength) return too_long();
  std::optional<std::string> kept;
  if (impl_->given.store_text) kept = repaired(text);
  const std::string key = id_key(id);
  const std::unique_lock lock(impl_->mutex);
  if (!impl_->has_room(key.size(), words.bytes.size())) return full();
  const bool fresh = impl_->add(key, words, std::move(kept), owned(metadata));
  impl_->reclaim();
  return fresh;
}

Result<bool> Bm25::add_tokens(const DocId& id, std::span<const std::string_view> tokens,
                              std::optional<std::string_view> metadata) {
  if (auto error = check_metadata(metadata)) return *std::move(error);
  if (tokens.size() > kMostLength) return too_long();
  Terms words;
  put_tokens(tokens, words);
  const std::string key = id_key(id);
  const std::unique_lock lock(impl_->mutex);
  if (!impl_->has_room(key.size(), words.bytes.size())) return full();
  const bool fresh = impl_->add(key, words, std::nullopt, owned(metadata));
  impl_->reclaim();
  return fresh;
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
  std::size_t key_bytes = 0;
  for (const std::string& key : keys) key_bytes += key.size();
  if (!impl_->has_room(key_bytes, 0)) return full();
  if (on_duplicate == "error") {
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!seen.insert(keys[i]).second || impl_->find(keys[i]) != kNoOrdinal) {
        return Error{ErrorCode::duplicate_key, "an id must stand once and be new: nothing was added", i};
      }
    }
  }
  std::uint64_t added = 0;
  constexpr std::size_t kAtOnce = 4096;
  std::vector<Terms> words(std::min(kAtOnce, texts.size()));
  for (std::size_t start = 0; start < texts.size(); start += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, texts.size() - start);
    parallel_for(count, static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        words[i].clear();
        impl_->analyzer.analyze(texts[start + i], words[i]);
      }
    });
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = start + i;
      if (on_duplicate == "keep" && impl_->find(keys[at]) != kNoOrdinal) continue;
      std::optional<std::string> kept;
      if (impl_->given.store_text) kept = repaired(texts[at]);
      impl_->add(keys[at], words[i], std::move(kept), metadatas.empty() ? std::nullopt : owned(metadatas[at]));
      ++added;
    }
  }
  impl_->settle();
  return added;
}

bool Bm25::remove(const DocId& id) {
  const std::string key = id_key(id);
  const std::unique_lock lock(impl_->mutex);
  const bool removed = impl_->remove(key);
  impl_->reclaim();
  return removed;
}

std::uint64_t Bm25::remove_many(std::span<const DocId> ids) {
  const std::unique_lock lock(impl_->mutex);
  std::uint64_t removed = 0;
  for (const DocId& id : ids) removed += impl_->remove(id_key(id)) ? 1u : 0u;
  impl_->reclaim();
  return removed;
}

void Bm25::clear() {
  const std::unique_lock lock(impl_->mutex);
  impl_->clear();
}

void Bm25::optimize() {
  const std::unique_lock lock(impl_->mutex);
  impl_->optimize();
}

std::uint64_t Bm25::count() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->live;
}

bool Bm25::contains(const DocId& id) const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->find(id_key(id)) != kNoOrdinal;
}

std::optional<Bm25Document> Bm25::get(const DocId& id) const {
  const std::shared_lock lock(impl_->mutex);
  const std::uint32_t doc = impl_->find(id_key(id));
  if (doc == kNoOrdinal) return std::nullopt;
  return Bm25Document{id_of(impl_->id_at(doc)), impl_->length_at(doc), owned(impl_->text_at(doc)),
                      owned(impl_->metadata_at(doc))};
}

std::vector<DocId> Bm25::ids() const {
  const std::shared_lock lock(impl_->mutex);
  std::vector<DocId> out;
  out.reserve(static_cast<std::size_t>(impl_->live));
  impl_->each_live([&](std::uint32_t doc) { out.push_back(id_of(impl_->id_at(doc))); });
  return out;
}

std::vector<std::optional<std::string>> Bm25::metadatas() const {
  const std::shared_lock lock(impl_->mutex);
  std::vector<std::optional<std::string>> out;
  out.reserve(static_cast<std::size_t>(impl_->live));
  impl_->each_live([&](std::uint32_t doc) { out.push_back(owned(impl_->metadata_at(doc))); });
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
  out.segments = index.parts.size();
  for (std::size_t i = 0; i < index.parts.size(); ++i) {
    const FrozenPart& part = *index.parts[i];
    for (std::uint32_t term = 0; term < part.segment.terms(); ++term) {
      if (part.live_df(term) != 0 && !index.holds_before(part.segment.term_at(term), i)) ++out.terms;
    }
    out.postings += part.segment.postings();
    out.posting_bytes += part.segment.posting_bytes();
    out.vocabulary_bytes += part.segment.vocabulary_bytes();
    out.document_bytes += part.segment.document_bytes() + part.heap_bytes();
  }
  const Bm25Index& growing = index.growing;
  for (std::uint32_t number = 0; number < growing.terms.size(); ++number) {
    const PostedTerm& term = growing.terms[number];
    if (term.df != 0 && !index.holds_before(growing.term_at(number), index.parts.size())) ++out.terms;
    out.postings += term.entries;
    out.posting_bytes += term.postings.heap_bytes();
  }
  out.vocabulary_bytes +=
      growing.terms.capacity() * sizeof(PostedTerm) + growing.by_term.heap_bytes() + growing.term_bytes.heap_bytes();
  out.forward_bytes = growing.forward.capacity() * sizeof(void*) + growing.forward_bytes.heap_bytes();
  out.document_bytes += growing.ids.capacity() * sizeof(void*) + growing.id_bytes.heap_bytes() +
                        growing.by_id.heap_bytes() + growing.lengths.capacity() * sizeof(std::uint32_t) +
                        growing.extras.capacity() * sizeof(void*) + growing.extra_bytes;
  if (out.postings != 0) {
    out.bytes_per_posting = static_cast<double>(out.posting_bytes + out.forward_bytes + out.vocabulary_bytes) /
                            static_cast<double>(out.postings);
  }
  return out;
}

}  // namespace paritas
