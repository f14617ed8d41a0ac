#include "paritas/vectors/hnsw.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

#include "base/float_state.hpp"
#include "hnsw_index.hpp"
#include "plan.hpp"

namespace paritas {
namespace {

Error invalid(std::string message) { return {ErrorCode::invalid_argument, std::move(message)}; }

Error out_of(const char* name, std::int64_t least, std::int64_t most) {
  return invalid(std::string(name) + " must be " + std::to_string(least) + " to " + std::to_string(most));
}

constexpr std::string_view kMetrics[] = {"cosine", "dot", "euclidean", "squared_euclidean"};

}  // namespace

HnswIndex::HnswIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HnswIndex::HnswIndex(HnswIndex&&) noexcept = default;
HnswIndex& HnswIndex::operator=(HnswIndex&&) noexcept = default;
HnswIndex::~HnswIndex() = default;

Result<HnswIndex> HnswIndex::create(const HnswOptions& options) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  const struct {
    const char* name;
    std::int64_t value, least, most;
  } ranges[] = {{"dimension", options.dimension, 1, 65'536},
                {"max_elements", options.max_elements, 0, kMost - 1},
                {"m", options.m, 2, 256},
                {"ef_construction", options.ef_construction, 1, kMost},
                {"ef_search", options.ef_search, 1, kMost},
                {"exact_below", options.exact_below, 0, kMost}};
  for (const auto& [name, value, least, most] : ranges) {
    if (value < least || value > most) return out_of(name, least, most);
  }
  const auto metric = parse_metric(options.metric);
  if (!metric.ok()) return metric.error();
  if (options.storage != "float32") return invalid("storage must be float32");
  HnswOptions settled = options;
  settled.metric = kMetrics[static_cast<std::size_t>(metric.value())];
  settled.storage = "float32";
  return HnswIndex(std::make_unique<Impl>(settled, metric.value()));
}

Result<bool> HnswIndex::Impl::fits(std::span<const float> vector, std::size_t row) const {
  if (vector.size() != dim()) {
    return Error{ErrorCode::length_mismatch,
                 "Vector dimension " + std::to_string(vector.size()) + " != index dimension " + std::to_string(dim())};
  }
  for (const float value : vector) {
    if (!std::isfinite(value)) {
      return Error{ErrorCode::not_finite, "row " + std::to_string(row) + " must have neither NaN nor infinities", row};
    }
  }
  return true;
}

Result<bool> HnswIndex::Impl::changeable() {
  if (!checked && !graph.sound()) {
    return Error{ErrorCode::corrupt_data, "the links of this index are damaged: build it again, or load another file"};
  }
  checked = true;
  return true;
}

bool HnswIndex::Impl::erase(std::int64_t id) {
  const std::uint32_t slot = ids.find(id, graph);
  if (slot == kNoSlot) return false;
  ids.erase(id, slot);
  graph.remove(rows, slot);
  if (!metadata.empty()) metadata[slot].clear();
  if (graph.sparse()) close_holes();
  return true;
}

void HnswIndex::Impl::close_holes() {
  const std::vector<std::uint64_t> alive = graph.alive_bits();
  const std::size_t live = graph.live(), before = graph.size();
  graph.renumber(rows);
  rows.keep(alive, live);
  ids.keep(alive, live, graph);
  if (metadata.empty()) return;
  std::size_t next = 0;
  for (std::size_t slot = 0; slot < before; ++slot) {
    if ((alive[slot / 64] >> (slot % 64) & 1) != 0 && next++ != slot) metadata[next - 1] = std::move(metadata[slot]);
  }
  metadata.resize(live);
}

Result<std::int64_t> HnswIndex::add(std::span<const float> vector, std::optional<std::int64_t> id,
                                    std::optional<std::string_view> metadata) {
  std::optional<std::span<const std::int64_t>> ids;
  if (id) ids = std::span(&*id, 1);
  auto added = add_batch({vector.data(), 1, vector.size()}, ids, std::span(&metadata, 1), 1);
  if (!added.ok()) return added.error();
  return added.value()[0];
}

Result<std::vector<std::int64_t>> HnswIndex::add_batch(const Matrix& vectors,
                                                       std::optional<std::span<const std::int64_t>> ids,
                                                       std::span<const std::optional<std::string_view>> metadatas,
                                                       std::int64_t threads, const HnswProgress* progress) {
  const FloatState full;
  Impl& index = *impl_;
  if (ids && ids->size() != vectors.rows) {
    return invalid(std::to_string(vectors.rows) + " vectors need as many ids, not " + std::to_string(ids->size()));
  }
  if (!metadatas.empty() && metadatas.size() != vectors.rows) {
    return invalid(std::to_string(vectors.rows) + " vectors need as many metadata, not " +
                   std::to_string(metadatas.size()));
  }
  const auto plan = planned_threads(threads, std::numeric_limits<std::size_t>::max());
  if (!plan.ok()) return plan.error();
  for (std::size_t row = 0; row < vectors.rows; ++row) {
    const auto fits = index.fits({vectors.row(row), vectors.dim}, row);
    if (!fits.ok()) return fits.error();
  }
  std::vector<std::int64_t> names;
  if (ids) {
    names.assign(ids->begin(), ids->end());
    std::sort(names.begin(), names.end());
    if (!names.empty() && names[0] < 0) return invalid("an id must be at least 0");
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) return invalid("id " + std::to_string(*twice) + " stands twice in one batch");
    names.assign(ids->begin(), ids->end());
  }
  {
    const std::unique_lock lock(index.mutex);
    const auto sound = index.changeable();
    if (!sound.ok()) return sound.error();
    const std::size_t slots = index.graph.size() + vectors.rows;
    if (slots >= kNoSlot) return Error{ErrorCode::limit_exceeded, "an index holds at most 2^31 - 2 vectors"};
    if (!ids) {
      // Without sign, as there are 2^63 ids above the -1 of an index without any.
      const std::uint64_t above = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) -
                                  static_cast<std::uint64_t>(index.largest);
      if (above < vectors.rows) {
        return Error{ErrorCode::out_of_range, "there is no id above the largest one: give ids"};
      }
      for (std::size_t row = 0; row < vectors.rows; ++row) names.push_back(++index.largest);
    }
    for (const std::int64_t id : names) index.largest = std::max(index.largest, id);
    if (vectors.rows > 1) {
      index.rows.reserve(slots);
      index.graph.reserve(slots);
      index.ids.reserve(slots);
    }
  }
  std::size_t done = 0;
  while (done < vectors.rows) {
    {
      const std::unique_lock lock(index.mutex);
      const std::size_t count = std::min(index.graph.round(), vectors.rows - done);
      for (std::size_t i = 0; i < count; ++i) index.erase(names[done + i]);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = done + i;
        index.rows.push_back(vectors.row(row));
        if (!metadatas.empty() && metadatas[row] && index.metadata.empty())
          index.metadata.resize(index.rows.size() - 1);
        if (!index.metadata.empty() || (!metadatas.empty() && metadatas[row])) {
          index.metadata.emplace_back(metadatas.empty() ? std::string_view() : metadatas[row].value_or(""));
        }
      }
      index.graph.insert(index.rows, count, plan.value());
      for (std::size_t i = 0; i < count; ++i) index.ids.push_back(names[done + i], index.graph);
      done += count;
    }
    if (progress != nullptr && !(*progress)(done, vectors.rows)) break;
  }
  names.resize(done);
  return names;
}

Result<bool> HnswIndex::remove(std::int64_t id) {
  const FloatState full;
  const std::unique_lock lock(impl_->mutex);
  const auto sound = impl_->changeable();
  if (!sound.ok()) return sound.error();
  return impl_->erase(id);
}

Result<bool> HnswIndex::compact(std::int64_t threads) {
  const FloatState full;
  const auto plan = planned_threads(threads, std::numeric_limits<std::size_t>::max());
  if (!plan.ok()) return plan.error();
  const std::unique_lock lock(impl_->mutex);
  const auto sound = impl_->changeable();
  if (!sound.ok()) return sound.error();
  impl_->close_holes();
  impl_->graph.rebuild(impl_->rows, plan.value());
  return true;
}

std::size_t HnswIndex::size() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->graph.live();
}

bool HnswIndex::contains(std::int64_t id) const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->ids.find(id, impl_->graph) != kNoSlot;
}

std::vector<std::int64_t> HnswIndex::ids() const {
  const std::shared_lock lock(impl_->mutex);
  std::vector<std::int64_t> out;
  out.reserve(impl_->graph.live());
  for (std::uint32_t slot = 0; slot < impl_->graph.size(); ++slot) {
    if (impl_->graph.alive(slot)) out.push_back(impl_->ids[slot]);
  }
  return out;
}

Result<std::vector<float>> HnswIndex::get(std::int64_t id) const {
  const std::shared_lock lock(impl_->mutex);
  const std::uint32_t slot = impl_->ids.find(id, impl_->graph);
  if (slot == kNoSlot) return Error{ErrorCode::not_found, "id " + std::to_string(id) + " is not in the index"};
  const float* row = impl_->rows.row(slot);
  return std::vector<float>(row, row + impl_->dim());
}

Result<std::optional<std::string>> HnswIndex::get_metadata(std::int64_t id) const {
  const std::shared_lock lock(impl_->mutex);
  const std::uint32_t slot = impl_->ids.find(id, impl_->graph);
  if (slot == kNoSlot) return Error{ErrorCode::not_found, "id " + std::to_string(id) + " is not in the index"};
  if (impl_->metadata.empty() || impl_->metadata[slot].empty()) return std::optional<std::string>();
  return std::optional(impl_->metadata[slot]);
}

HnswOptions HnswIndex::options() const { return impl_->options; }

HnswStats HnswIndex::stats() const {
  const std::shared_lock lock(impl_->mutex);
  const Impl& index = *impl_;
  HnswStats out{};
  out.count = index.graph.live();
  out.holes = index.graph.size() - out.count;
  out.layers = out.count == 0 ? 0 : index.graph.level(index.graph.entry()) + 1;
  out.vector_bytes = index.rows.values().heap_bytes() + index.rows.squares().heap_bytes();
  out.link_bytes = index.graph.heap_bytes();
  out.id_bytes = index.ids.heap_bytes();
  for (const std::string& text : index.metadata) out.metadata_bytes += sizeof(std::string) + text.capacity();
  out.exact = out.count < static_cast<std::size_t>(index.options.exact_below);
  return out;
}

}  // namespace paritas
