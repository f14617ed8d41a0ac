#include "paritas/retrieve/vector_index.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <mutex>

#include "base/float_state.hpp"
#include "base/parallel.hpp"
#include "paritas/base/hash.hpp"
#include "paritas/retrieve/metadata.hpp"
#include "retrieve/vector_index_impl.hpp"
#include "vectors/plan.hpp"

namespace paritas {
namespace {

Error invalid(std::string message) { return {ErrorCode::invalid_argument, std::move(message)}; }

Result<Score> score_named(std::string_view metric) {
  if (metric == "cosine") return Score::cosine;
  if (metric == "dot") return Score::dot;
  if (metric == "l2") return Score::squared_euclidean;
  if (metric == "euclidean") return Score::euclidean;
  return invalid("metric must be cosine, dot, l2 or euclidean");
}

bool between(std::int64_t value, std::int64_t least, std::int64_t most) { return value >= least && value <= most; }

// The index of the first value that is not finite, or their number.
std::size_t first_wild(const float* values, std::size_t count) {
  std::uint32_t wild = 0;  // without a branch, so that it runs beside the copying
  for (std::size_t i = 0; i < count; ++i) {
    wild |= static_cast<std::uint32_t>((__builtin_bit_cast(std::uint32_t, values[i]) & 0x7F80'0000U) == 0x7F80'0000U);
  }
  std::size_t at = wild == 0 ? count : 0;
  while (at < count && std::isfinite(values[at])) ++at;
  return at;
}

Error wild_row(std::size_t row) {
  return {ErrorCode::invalid_argument, "row " + std::to_string(row) + " must have neither NaN nor infinities", row};
}

}  // namespace

Result<std::unique_ptr<VectorIndex::Impl>> VectorIndex::Impl::make(const VectorIndexOptions& options) {
  if (!between(options.dim, 1, kMaxDim)) return Error{ErrorCode::out_of_range, "dim must be from 1 to 65536"};
  const auto score = score_named(options.metric);
  if (!score.ok()) return score.error();
  const auto dtype = parse_dtype(options.dtype, true);
  if (!dtype.ok()) return dtype.error();
  if (dtype.value() == Dtype::binary && score.value() != Score::cosine) {
    return invalid("binary vectors are compared by cosine alone");
  }
  if (options.kind != "flat" && options.kind != "hnsw" && options.kind != "auto") {
    return invalid("kind must be flat, hnsw or auto");
  }
  if (options.kind == "hnsw" && dtype.value() != Dtype::float32) {
    return invalid("a graph needs the dtype float32: kind must be flat or auto");
  }
  if (!between(options.m, 2, 256)) return Error{ErrorCode::out_of_range, "m must be from 2 to 256"};
  if (!between(options.ef_construction, 1, 1 << 20)) {
    return Error{ErrorCode::out_of_range, "ef_construction must be from 1 to 1048576"};
  }
  if (!between(options.ef, 1, 1 << 20)) return Error{ErrorCode::out_of_range, "ef must be from 1 to 1048576"};
  auto out = std::make_unique<Impl>();
  out->options = options;
  out->dim = static_cast<std::size_t>(options.dim);
  out->dtype = dtype.value();
  out->score = score.value();
  out->row_bytes = stored_bytes(out->dtype, out->dim);
  if (options.kind == "hnsw") out->graph = out->new_graph();
  return out;
}

std::uint64_t VectorIndex::Impl::hash_at(std::uint32_t slot) const { return xxh3_64(keys[slot]); }

std::uint32_t VectorIndex::Impl::find(std::string_view key) const {
  return table.find(xxh3_64(key), [&](std::uint32_t slot) { return keys[slot] == key; });
}

Result<bool> VectorIndex::Impl::fits(const Matrix& vectors, std::size_t count) const {
  if (vectors.rows > 0 && vectors.dim != dim) {
    return Error{ErrorCode::dimension_mismatch,
                 "a vector must have " + std::to_string(dim) + " values, not " + std::to_string(vectors.dim)};
  }
  for (std::size_t i = 0; i < vectors.rows; ++i) {
    if (first_wild(vectors.row(i), dim) != dim) return wild_row(i);
  }
  if (count >= (may_link() ? kNoSlot : kNoOrdinal) - slots()) {
    return Error{ErrorCode::limit_exceeded, may_link()
                                                ? "a graph may have at most 2147483646 vectors: kind must be flat"
                                                : "an index may have at most 4294967295 vectors"};
  }
  return true;
}

Result<bool> VectorIndex::Impl::append(const Matrix& vectors, std::span<const std::uint32_t> which,
                                       std::size_t threads) {
  const std::size_t first = slots(), count = first + which.size();
  rows.resize(count * row_bytes);
  if (dtype == Dtype::int8) scales.resize(count);
  if (dtype != Dtype::binary) squares.resize(count);
  if (keeps_full()) full.resize(count * dim);
  std::uint8_t* const new_rows = rows.own() + first * row_bytes;
  float* const new_scales = dtype == Dtype::int8 ? scales.own() + first : nullptr;
  std::uint32_t* const new_squares = dtype != Dtype::binary ? squares.own() + first : nullptr;
  float* const new_full = keeps_full() ? full.own() + first * dim : nullptr;
  std::vector<std::uint8_t> refused(which.size());  // a range writes to places of its own
  parallel_for(which.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const float* vector = vectors.row(which[i]);
      const auto beside = store_row(dtype, vector, dim, which[i], new_rows + i * row_bytes);
      refused[i] = beside.ok() ? 0 : 1;
      if (!beside.ok()) continue;
      if (new_scales != nullptr) new_scales[i] = beside.value().scale;
      if (new_squares != nullptr) new_squares[i] = beside.value().square;
      if (new_full != nullptr) std::memcpy(new_full + i * dim, vector, dim * sizeof(float));
    }
  });
  const auto bad = static_cast<std::size_t>(std::find(refused.begin(), refused.end(), 1) - refused.begin());
  if (bad == which.size()) return true;
  std::vector<std::uint8_t> scratch(row_bytes);
  const auto error = store_row(dtype, vectors.row(which[bad]), dim, which[bad], scratch.data());
  cut(first);
  return error.error();
}

void VectorIndex::Impl::cut(std::size_t to) {
  rows.resize(to * row_bytes);
  if (dtype == Dtype::int8) scales.resize(to);
  if (dtype != Dtype::binary) squares.resize(to);
  if (keeps_full()) full.resize(to * dim);
}

void VectorIndex::Impl::enter(std::string key, std::optional<std::string> extra) {
  const auto slot = static_cast<std::uint32_t>(slots());
  table.insert(xxh3_64(key), slot, [this](std::uint32_t at) { return hash_at(at); });
  keys.push_back(std::move(key));
  metadata.push_back(std::move(extra));
  if (slot % 64 == 0) alive.push_back(0);
  alive[slot / 64] |= std::uint64_t{1} << slot % 64;
  ++live;
}

void VectorIndex::Impl::enter_hole() {
  if (slots() % 64 == 0) alive.push_back(0);
  keys.emplace_back();
  metadata.emplace_back();
}

bool VectorIndex::Impl::drop(std::string_view key) {
  const std::uint32_t slot = find(key);
  if (slot == kNoOrdinal) return false;
  if (graph != nullptr) graph->remove(graph_rows(), slot);
  table.erase(xxh3_64(key), slot, [this](std::uint32_t at) { return hash_at(at); });
  keys[slot] = std::string();
  metadata[slot].reset();
  alive[slot / 64] &= ~(std::uint64_t{1} << slot % 64);
  --live;
  if (graph != nullptr) shrink();  // a walk through many holes misses links
  return true;
}

void VectorIndex::Impl::shrink() {
  if ((slots() - live) * 4 > slots()) close_holes();
}

void VectorIndex::Impl::close_holes() {
  if (live == slots()) return;
  if (graph != nullptr) graph->renumber(graph_rows());
  std::size_t to = 0;
  std::uint8_t* const all = rows.own();
  float* const steps = scales.size() > 0 ? scales.own() : nullptr;
  std::uint32_t* const sums = squares.size() > 0 ? squares.own() : nullptr;
  float* const wide = full.size() > 0 ? full.own() : nullptr;
  for (std::size_t slot = 0; slot < slots(); ++slot) {
    if (!is_alive(slot)) continue;
    if (slot != to) {
      std::memcpy(all + to * row_bytes, all + slot * row_bytes, row_bytes);
      if (steps != nullptr) steps[to] = steps[slot];
      if (sums != nullptr) sums[to] = sums[slot];
      if (wide != nullptr) std::memcpy(wide + to * dim, wide + slot * dim, dim * sizeof(float));
      keys[to] = std::move(keys[slot]);
      metadata[to] = std::move(metadata[slot]);
    }
    ++to;
  }
  keys.resize(to);
  metadata.resize(to);
  cut(to);
  rows.trim(), scales.trim(), squares.trim(), full.trim();
  alive.assign((to + 63) / 64, ~std::uint64_t{0});
  if (to % 64 != 0) alive.back() = (std::uint64_t{1} << to % 64) - 1;
  table = Table();
  for (std::uint32_t slot = 0; slot < to; ++slot) {
    table.insert(hash_at(slot), slot, [this](std::uint32_t at) { return hash_at(at); });
  }
  masks.clear();
}

namespace {

struct Added {
  std::uint64_t all, fresh;
};

// Only the last vector of an id: slots of a graph are not filled in vain.
std::vector<std::uint32_t> last_ones(const std::vector<std::string>& keys, const std::vector<std::uint32_t>& which) {
  Table seen;
  std::vector<std::uint32_t> out;
  for (std::size_t i = which.size(); i-- > 0;) {
    const std::string& key = keys[which[i]];
    const std::uint64_t hash = xxh3_64(key);
    if (seen.find(hash, [&](std::uint32_t at) { return keys[at] == key; }) != kNoOrdinal) continue;
    seen.insert(hash, which[i], [&](std::uint32_t at) { return xxh3_64(keys[at]); });
    out.push_back(which[i]);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

Result<Added> add_all(VectorIndex::Impl& index, std::span<const DocId> ids, const Matrix& vectors,
                      std::span<const std::optional<std::string_view>> metadatas, std::string_view on_duplicate,
                      std::int64_t threads) {
  const FloatState full;
  const bool keep = on_duplicate == "keep", refuse = on_duplicate == "error";
  if (!keep && !refuse && on_duplicate != "replace") {
    return invalid("on_duplicate must be \"replace\", \"keep\" or \"error\"");
  }
  const auto plan = planned_threads(threads, vectors.rows * vectors.dim);
  if (!plan.ok()) return plan.error();
  if (ids.size() != vectors.rows || (!metadatas.empty() && metadatas.size() != ids.size())) {
    return Error{ErrorCode::length_mismatch, "ids, vectors and metadatas must be of one length"};
  }
  for (std::size_t i = 0; i < metadatas.size(); ++i) {
    if (!metadatas[i]) continue;
    const auto sound = decode_metadata(*metadatas[i]);
    if (!sound.ok()) return Error{sound.error().code, sound.error().message, i};
  }
  const std::unique_lock lock(index.mutex);
  std::vector<std::string> keys;
  std::vector<std::uint32_t> which;
  Table seen;  // what stood earlier in the batch
  keys.reserve(ids.size());
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    keys.push_back(id_key(ids[i]));
    if (keep || refuse) {
      const std::uint64_t hash = xxh3_64(keys[i]);
      const bool known = index.find(keys[i]) != kNoOrdinal ||
                         seen.find(hash, [&](std::uint32_t at) { return keys[at] == keys[i]; }) != kNoOrdinal;
      if (known && refuse) {
        return Error{ErrorCode::duplicate_key, "an id must stand once and be new: nothing was added", i};
      }
      if (known) continue;
      seen.insert(hash, i, [&](std::uint32_t at) { return xxh3_64(keys[at]); });
    }
    which.push_back(i);
  }
  const auto fits = index.fits(vectors, which.size());
  if (!fits.ok()) return fits.error();
  Added out{which.size(), which.size()};
  if (index.graph != nullptr) {  // what is replaced leaves it first: the new rows stand in a row
    index.mend_graph();
    which = last_ones(keys, which);
    for (const std::uint32_t i : which) out.fresh -= index.drop(keys[i]) ? 1 : 0;
  }
  const auto stored = index.append(vectors, which, plan.value());
  if (!stored.ok()) return stored.error();
  for (const std::uint32_t i : which) {
    if (!keep && !refuse) out.fresh -= index.drop(keys[i]) ? 1 : 0;
    index.enter(std::move(keys[i]),
                metadatas.empty() || !metadatas[i] ? std::nullopt : std::optional<std::string>(*metadatas[i]));
  }
  index.shrink();
  const auto links = planned_threads(threads, std::numeric_limits<std::size_t>::max());
  if (!links.ok()) return links.error();
  index.link(links.value());
  return out;
}

}  // namespace

VectorIndex::VectorIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VectorIndex::VectorIndex(VectorIndex&&) noexcept = default;
VectorIndex& VectorIndex::operator=(VectorIndex&&) noexcept = default;
VectorIndex::~VectorIndex() = default;

Result<VectorIndex> VectorIndex::create(const VectorIndexOptions& options) {
  auto impl = Impl::make(options);
  if (!impl.ok()) return impl.error();
  return VectorIndex(std::move(impl).value());
}

Result<bool> VectorIndex::add(const DocId& id, std::span<const float> vector,
                              std::optional<std::string_view> metadata) {
  const std::optional<std::string_view> extra[1] = {metadata};
  const auto added = add_all(*impl_, {&id, 1}, {vector.data(), 1, vector.size()}, extra, "replace", 0);
  if (!added.ok()) return added.error();
  return added.value().fresh == 1;
}

Result<std::uint64_t> VectorIndex::add_batch(std::span<const DocId> ids, const Matrix& vectors,
                                             std::span<const std::optional<std::string_view>> metadatas,
                                             std::string_view on_duplicate, std::int64_t threads) {
  const auto added = add_all(*impl_, ids, vectors, metadatas, on_duplicate, threads);
  if (!added.ok()) return added.error();
  return added.value().all;
}

bool VectorIndex::remove(const DocId& id) { return remove_many({&id, 1}) != 0; }

std::uint64_t VectorIndex::remove_many(std::span<const DocId> ids) {
  const FloatState full;
  const std::unique_lock lock(impl_->mutex);
  if (impl_->graph != nullptr) impl_->mend_graph();
  std::uint64_t removed = 0;
  for (const DocId& id : ids) removed += impl_->drop(id_key(id)) ? 1 : 0;
  impl_->shrink();
  return removed;
}

std::uint64_t VectorIndex::count() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->live;
}

bool VectorIndex::contains(const DocId& id) const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->find(id_key(id)) != kNoOrdinal;
}

std::optional<VectorRecord> VectorIndex::get(const DocId& id) const {
  const std::shared_lock lock(impl_->mutex);
  const Impl& index = *impl_;
  const std::uint32_t slot = index.find(id_key(id));
  if (slot == kNoOrdinal) return std::nullopt;
  VectorRecord out{id_of(index.keys[slot]), std::vector<float>(index.dim), index.metadata[slot]};
  if (index.keeps_full()) {
    std::memcpy(out.vector.data(), index.full.data() + slot * index.dim, index.dim * sizeof(float));
  } else {
    restore_row(index.dtype, index.row(slot), index.dim, index.scale(slot), out.vector.data());
  }
  return out;
}

std::vector<DocId> VectorIndex::ids() const {
  const std::shared_lock lock(impl_->mutex);
  std::vector<DocId> out;
  for (std::size_t slot = 0; slot < impl_->slots(); ++slot) {
    if (impl_->is_alive(slot)) out.push_back(id_of(impl_->keys[slot]));
  }
  return out;
}

std::vector<std::optional<std::string>> VectorIndex::metadatas() const {
  const std::shared_lock lock(impl_->mutex);
  std::vector<std::optional<std::string>> out;
  for (std::size_t slot = 0; slot < impl_->slots(); ++slot) {
    if (impl_->is_alive(slot)) out.push_back(impl_->metadata[slot]);
  }
  return out;
}

VectorIndexOptions VectorIndex::options() const { return impl_->options; }

VectorIndexStats VectorIndex::stats() const {
  const std::shared_lock lock(impl_->mutex);
  const Impl& index = *impl_;
  VectorIndexStats out;
  out.count = index.live;
  out.removed = index.slots() - index.live;
  out.dim = index.dim;
  out.metric = index.options.metric;
  out.dtype = index.options.dtype;
  out.kind = index.options.kind;
  out.path = index.graph == nullptr ? "exact" : "graph";
  out.graph_bytes = index.graph == nullptr ? 0 : index.graph->heap_bytes();
  out.vector_bytes = index.rows.size() + 4 * (index.scales.size() + index.squares.size() + index.full.size());
  out.document_bytes = index.table.heap_bytes() + index.masks.heap_bytes() + 8 * index.alive.capacity() +
                       index.keys.capacity() * sizeof(std::string) +
                       index.metadata.capacity() * sizeof(std::optional<std::string>);
  for (const std::string& key : index.keys) out.document_bytes += key.size() > 15 ? key.size() : 0;
  for (const auto& extra : index.metadata) out.document_bytes += extra ? extra->size() : 0;
  return out;
}

}  // namespace paritas
