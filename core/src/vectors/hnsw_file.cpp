#include <mutex>

#include "base/bytes.hpp"
#include "base/float_state.hpp"
#include "base/sections.hpp"
#include "hnsw_index.hpp"

namespace paritas {
namespace {

constexpr std::size_t kGraph = 5;  // where the sections of the graph begin
constexpr const char* kSections[kGraph + HnswGraph::kSections] = {
    "options", "ids", "vectors", "squares", "metadata", "graph", "levels", "links", "upper links", "signs"};
constexpr FileKind kKind{"PHNW", 1, "HNSW index", kSections};
constexpr std::string_view kMetrics[] = {"cosine", "dot", "euclidean", "squared_euclidean"};

template <class T>
bool view(std::string_view bytes, std::size_t count, const std::shared_ptr<const void>& owner, Column<T>& out) {
  if (bytes.size() != count * sizeof(T)) return false;
  out = Column<T>(reinterpret_cast<const T*>(bytes.data()), count, owner);
  return true;
}

}  // namespace

// options: u32 dimension, metric, storage, u32 0; u64 max_elements, ef_search, exact_below, largest id + 1. What the graph
// needs stands in its own section. metadata: nothing, or for each slot varint bytes and UTF-8.
std::string HnswIndex::to_bytes() const {
  const std::shared_lock lock(impl_->mutex);
  const Impl& index = *impl_;
  std::string settled, texts, head;
  for (const std::uint32_t value : {static_cast<std::uint32_t>(index.options.dimension),
                                    static_cast<std::uint32_t>(index.metric), std::uint32_t{0}, std::uint32_t{0}}) {
    bytes::put_u32(settled, value);
  }
  for (const std::int64_t value : {index.options.max_elements, index.options.ef_search, index.options.exact_below}) {
    bytes::put_u64(settled, static_cast<std::uint64_t>(value));
  }
  bytes::put_u64(settled, static_cast<std::uint64_t>(index.largest) + 1);
  for (const std::string& text : index.metadata) {
    bytes::put_varint(texts, text.size());
    texts += text;
  }
  std::string_view graph[HnswGraph::kSections];
  index.graph.sections(head, graph);
  std::vector<std::string_view> sections = {settled, index.ids.column().bytes(), index.rows.values().bytes(),
                                            index.rows.squares().bytes(), texts};
  sections.insert(sections.end(), std::begin(graph), std::end(graph));
  return write_sections(kKind, sections);
}

Result<HnswIndex> HnswIndex::from_bytes(std::string_view data, std::shared_ptr<const void> owner, bool verify) {
  const FloatState full;
  const Image image = aligned_image(data, std::move(owner));
  auto opened = open_sections(kKind, image.bytes, verify);
  if (!opened.ok()) return opened.error();
  const std::vector<std::string_view>& sections = opened.value();
  const auto damaged = [&](std::size_t number) {
    return damaged_section(kKind, image.bytes, sections[number], number);
  };
  bytes::Reader in(sections[0]);
  HnswOptions options;
  options.dimension = in.u32();
  const std::uint32_t metric = in.u32(), storage = in.u32(), zero = in.u32();
  options.max_elements = static_cast<std::int64_t>(in.u64());
  options.ef_search = static_cast<std::int64_t>(in.u64());
  options.exact_below = static_cast<std::int64_t>(in.u64());
  const std::uint64_t next_id = in.u64();
  if (in.bad() || in.left() != 0 || metric > 3 || storage != 0 || zero != 0 || next_id > std::uint64_t{1} << 63) {
    return damaged(0);
  }
  options.metric = kMetrics[metric];
  std::size_t bad = 0;
  auto graph = HnswGraph::open(std::span(sections).subspan(kGraph), verify, image.owner, bad);
  if (graph == nullptr) return damaged(kGraph + bad);
  options.m = graph->options().m;
  options.ef_construction = graph->options().ef_construction;
  options.seed = graph->options().seed;
  auto created = create(options);
  if (!created.ok()) return damaged(0);
  HnswIndex out = std::move(created).value();
  Impl& index = *out.impl_;
  if (graph->options().sign_words != index.graph.options().sign_words) return damaged(kGraph);
  const std::size_t slots = graph->size();
  Column<float> values, squares;
  if (slots > 0 && index.dim() > sections[2].size() / sizeof(float) / slots) return damaged(2);
  if (!view(sections[2], slots * index.dim(), image.owner, values)) return damaged(2);
  if (!view(sections[3], slots, image.owner, squares)) return damaged(3);
  index.rows = FloatRows(index.metric, index.dim(), std::move(values), std::move(squares));
  index.graph = std::move(*graph);
  index.largest = static_cast<std::int64_t>(next_id - 1);  // in this order: next_id may be 2^63
  Column<std::int64_t> ids;
  if (!view(sections[1], slots, image.owner, ids) || !index.ids.open(std::move(ids), index.largest, index.graph)) {
    return damaged(1);
  }
  if (!sections[4].empty()) {
    bytes::Reader texts(sections[4]);
    for (std::size_t slot = 0; slot < slots && !texts.bad(); ++slot) index.metadata.emplace_back(texts.text());
    if (texts.bad() || texts.left() != 0) return damaged(4);
  }
  if (verify && !index.rows.sound()) return damaged(2);
  index.checked = verify;
  return out;
}

}  // namespace paritas
