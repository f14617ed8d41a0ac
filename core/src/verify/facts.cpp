#include "paritas/verify/facts.hpp"

#include <algorithm>
#include <limits>
#include <shared_mutex>
#include <unordered_map>

#include "paritas/base/hash.hpp"
#include "paritas/retrieve/metadata.hpp"
#include "retrieve/bm25_index.hpp"
#include "retrieve/well_formed.hpp"
#include "verify/analysis.hpp"

namespace paritas {
namespace {

constexpr std::size_t kMostLength = std::numeric_limits<std::int32_t>::max();

/// The content stems of a text and a term for each of its numbers, in the order in which they begin. Values are in the
/// base unit of their dimension; no stem begins with '#'.
void read_fact(std::string_view text, Terms& out) {
  LongWords words;
  Analysis analysis(text);
  analysis.read(words);
  analysis.read_polarity();
  const TokenList& tokens = analysis.tokens.list;
  std::size_t number = 0;
  for (std::uint32_t at = 0; at < tokens.size(); ++at) {
    if (number < analysis.numbers.size() && analysis.numbers[number].first == at) {
      const Amount& amount = analysis.numbers[number++];
      out.bytes += '#';
      if (amount.kind == NumberKind::date) {
        bytes::put_u32(out.bytes, std::uint32_t{amount.year} << 16 | std::uint32_t{amount.month} << 8 | amount.day);
      } else {
        bytes::put_f64(out.bytes, amount.value * amount.factor() + 0.0);  // never -0.0
        out.bytes += static_cast<char>(amount.dimension());
      }
    } else {
      const Symbol stem = content_stem(tokens, at, words);
      if (stem.empty()) continue;
      out.bytes += words.text(stem);
    }
    out.ends.push_back(out.bytes.size());
  }
}

}  // namespace

struct FactStore::Impl {
  struct Tenant {
    std::string name;
    Bm25Index index;
  };
  Bm25Options options;
  mutable std::shared_mutex mutex;
  std::vector<std::unique_ptr<Tenant>> tenants;           // those that have facts
  std::unordered_map<std::string, std::uint64_t> places;  // where each stands, by name

  [[nodiscard]] const Bm25Index* find(std::string_view tenant_id) const {
    const auto found = places.find(repaired(tenant_id));
    return found == places.end() ? nullptr : &tenants[static_cast<std::size_t>(found->second)]->index;
  }

  bool put(std::string_view tenant_id, std::string_view key, const Terms& words, std::string text,
           std::optional<std::string> metadata) {
    const auto [place, fresh] = places.try_emplace(repaired(tenant_id), tenants.size());
    if (fresh) {
      tenants.push_back(std::make_unique<Tenant>());
      tenants.back()->name = place->first;
      tenants.back()->index.formula.k1 = options.k1;
      tenants.back()->index.formula.b = options.b;
    }
    Bm25Index& index = tenants[static_cast<std::size_t>(place->second)]->index;
    return index.add(key, words, std::move(text), std::move(metadata));
  }

  bool remove(std::string_view tenant_id, std::string_view key) {
    const auto found = places.find(repaired(tenant_id));
    if (found == places.end()) return false;
    Bm25Index& index = tenants[static_cast<std::size_t>(found->second)]->index;
    const bool removed = index.remove(key);
    index.compact_if_worth_it();
    if (index.live == 0) drop(tenant_id);
    return removed;
  }

  /// The last tenant takes the place of the one that goes.
  void drop(std::string_view tenant_id) {
    const auto found = places.find(repaired(tenant_id));
    if (found == places.end()) return;
    const std::uint64_t place = found->second;
    places.erase(found);
    if (place + 1 != tenants.size()) {
      std::swap(tenants[static_cast<std::size_t>(place)], tenants.back());
      places.find(tenants[static_cast<std::size_t>(place)]->name)->second = place;
    }
    tenants.pop_back();
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& tenant : tenants) out.push_back(tenant->name);
    std::sort(out.begin(), out.end());
    return out;
  }

  static Fact fact(const Bm25Index& index, std::uint32_t doc, double score) {
    const Extra* extra = index.extra(doc);  // every fact has its text there
    return {id_of(index.id_at(doc)), *extra->text, score, extra->metadata};
  }

  [[nodiscard]] std::vector<Fact> best(std::string_view text, std::int64_t k, std::string_view tenant_id) const {
    std::vector<Fact> facts;
    Terms words;
    read_fact(text, words);
    const std::shared_lock lock(mutex);
    const Bm25Index* index = find(tenant_id);
    if (index == nullptr || k == 0) return facts;
    std::unique_ptr<Scratch> scratch = index->borrow();
    scratch->terms = std::move(words);
    // An answer may have more different terms than a query of the user's own.
    if (index->resolve(*scratch, std::numeric_limits<std::size_t>::max())) return facts;
    index->score(*scratch);
    index->best(*scratch, static_cast<std::size_t>(k), 0.0);
    for (const auto& [score, doc] : scratch->best) facts.push_back(fact(*index, doc, score));
    index->rest(*scratch);
    index->give_back(std::move(scratch));
    return facts;
  }
};

FactStore::FactStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FactStore::FactStore(FactStore&&) noexcept = default;
FactStore& FactStore::operator=(FactStore&&) noexcept = default;
FactStore::~FactStore() = default;

Result<FactStore> FactStore::create(const FactStoreOptions& options) {
  Bm25Options ranking;
  ranking.k1 = options.k1;
  ranking.b = options.b;
  if (const auto checked = Bm25::create(ranking); !checked.ok()) return checked.error();
  auto impl = std::make_unique<Impl>();
  impl->options = ranking;
  return FactStore(std::move(impl));
}

Result<bool> FactStore::add(const DocId& id, std::string_view text, std::string_view tenant_id,
                            std::optional<std::string_view> metadata) {
  std::optional<std::string> known;
  if (metadata) {
    if (const auto decoded = decode_metadata(*metadata); !decoded.ok()) return decoded.error();
    known = std::string(*metadata);
  }
  Terms words;
  read_fact(text, words);
  if (words.size() > kMostLength) {
    return Error{ErrorCode::limit_exceeded, "a fact must have at most 2147483647 terms: cut it into passages"};
  }
  const std::unique_lock lock(impl_->mutex);
  return impl_->put(tenant_id, id_key(id), words, repaired(text), std::move(known));
}

bool FactStore::remove(const DocId& id, std::string_view tenant_id) {
  const std::unique_lock lock(impl_->mutex);
  return impl_->remove(tenant_id, id_key(id));
}

void FactStore::clear(std::string_view tenant_id) {
  const std::unique_lock lock(impl_->mutex);
  impl_->drop(tenant_id);
}

std::optional<Fact> FactStore::get(const DocId& id, std::string_view tenant_id) const {
  const std::shared_lock lock(impl_->mutex);
  const Bm25Index* index = impl_->find(tenant_id);
  const std::uint32_t doc = index == nullptr ? kNoOrdinal : index->find(id);
  if (doc == kNoOrdinal) return std::nullopt;
  return Impl::fact(*index, doc, 0.0);
}

std::uint64_t FactStore::count(std::string_view tenant_id) const {
  const std::shared_lock lock(impl_->mutex);
  const Bm25Index* index = impl_->find(tenant_id);
  return index == nullptr ? 0 : index->live;
}

std::vector<std::string> FactStore::tenants() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->names();
}

Result<std::vector<Fact>> FactStore::query(std::string_view text, std::int64_t k, std::string_view tenant_id) const {
  if (k < 0) return Error{ErrorCode::invalid_argument, "k must be at least 0"};
  return impl_->best(text, k, tenant_id);
}

Result<std::optional<std::string>> FactStore::retrieve_context(std::string_view text, std::int64_t top_k,
                                                               std::string_view tenant_id) const {
  if (top_k < 0) return Error{ErrorCode::invalid_argument, "top_k must be at least 0"};
  const std::vector<Fact> facts = impl_->best(text, top_k, tenant_id);
  if (facts.empty()) return std::optional<std::string>();
  std::string out = facts[0].text;
  for (std::size_t i = 1; i < facts.size(); ++i) out += "; " + facts[i].text;
  return std::optional<std::string>(std::move(out));
}

// The file: a header of 32 bytes and the facts, all numbers little-endian.
//   header: "PFS1", u32 version, u64 size of all, u64 XXH3 of the facts, u64 XXH3 of the 24 bytes before
//   facts:  f64 k1, f64 b, varint tenants; for each, sorted by bytes, its name, varint facts; for each, in order, its
//           key (see id_key), its text, and its metadata behind varint size + 1, or 0
namespace {

constexpr std::string_view kMagic = "PFS1";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeader = 32;

Error corrupt(const char* what, std::size_t offset) {
  return {ErrorCode::corrupt_data, std::string("these bytes are no fact store of version 1: ") + what, offset};
}

void put_text(std::string& out, std::string_view text) {
  bytes::put_varint(out, text.size());
  out += text;
}

}  // namespace

std::string FactStore::to_bytes() const {
  const std::shared_lock lock(impl_->mutex);
  std::string body;
  bytes::put_f64(body, impl_->options.k1);
  bytes::put_f64(body, impl_->options.b);
  bytes::put_varint(body, impl_->tenants.size());
  for (const std::string& name : impl_->names()) {
    const Bm25Index& index = *impl_->find(name);
    put_text(body, name);
    bytes::put_varint(body, index.live);
    for (std::uint32_t doc = 0; doc < index.ordinals(); ++doc) {
      if (index.forward[doc] == nullptr) continue;
      const Extra& extra = *index.extra(doc);
      put_text(body, index.id_at(doc));
      put_text(body, *extra.text);
      bytes::put_varint(body, extra.metadata ? extra.metadata->size() + 1 : 0);
      if (extra.metadata) body += *extra.metadata;
    }
  }
  std::string out(kMagic);
  bytes::put_u32(out, kVersion);
  bytes::put_u64(out, kHeader + body.size());
  bytes::put_u64(out, xxh3_64(body));
  bytes::put_u64(out, xxh3_64(out));
  return out + body;
}

Result<FactStore> FactStore::from_bytes(std::string_view data) {
  if (data.size() < kHeader || data.substr(0, 4) != kMagic) return corrupt("they do not begin with PFS1", 0);
  bytes::Reader header(data.substr(4, kHeader - 4));
  const std::uint32_t version = header.u32();
  const std::uint64_t size = header.u64(), sum = header.u64();
  if (header.u64() != xxh3_64(data.substr(0, kHeader - 8))) return corrupt("the header is damaged", 0);
  if (version != kVersion) {
    return Error{ErrorCode::corrupt_data,
                 "this fact store has format " + std::to_string(version) + ": this Paritas reads format 1", 4};
  }
  if (size != data.size()) return corrupt("they are cut off, or something follows", data.size());
  const Error damaged = corrupt("the facts are damaged", kHeader);
  if (xxh3_64(data.substr(kHeader)) != sum) return damaged;

  bytes::Reader in(data.substr(kHeader));
  FactStoreOptions options;
  options.k1 = in.f64();
  options.b = in.f64();
  auto made = FactStore::create(options);
  if (!made.ok()) return damaged;
  FactStore store = std::move(made).value();
  std::string_view before;
  const std::uint64_t tenants = in.varint();
  for (std::uint64_t i = 0; i < tenants; ++i) {
    const std::string_view name = in.text();
    const std::uint64_t count = in.varint();
    if (in.bad() || count == 0 || !well_formed(name) || (i != 0 && !(before < name))) return damaged;
    before = name;
    for (std::uint64_t j = 0; j < count; ++j) {
      const std::string_view key = in.text(), text = in.text();
      const std::uint64_t more = in.varint();
      std::optional<std::string_view> metadata;
      if (more != 0) metadata = in.take(more - 1);
      const bool known_kind = !key.empty() && (key[0] == 0 ? well_formed(key) : key[0] == 1 && key.size() == 9);
      if (in.bad() || !known_kind || !well_formed(text)) return damaged;
      const auto added = store.add(id_of(key), text, name, metadata);
      if (!added.ok() || !added.value()) return damaged;
    }
  }
  if (in.bad() || in.left() != 0) return damaged;
  return store;
}

}  // namespace paritas
