#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <mutex>

#include "base/bytes.hpp"
#include "base/sections.hpp"
#include "paritas/base/hash.hpp"
#include "paritas/retrieve/metadata.hpp"
#include "retrieve/vector_index_impl.hpp"
#include "retrieve/well_formed.hpp"

// Live vectors are written in order. The last sections are those of a graph; where there is one, the holes that it knows
// are written too, with an empty id.
namespace paritas {
namespace {

enum Section : std::size_t {
  kOptions,
  kIds,
  kMetadata,
  kRows,
  kScales,
  kSquares,
  kFull,
  kGraph,
  kSections = kGraph + HnswGraph::kSections
};
constexpr std::array<const char*, kSections> kNames{"options", "ids",   "metadata", "rows",  "scales",      "squares",
                                                    "full",    "graph", "levels",   "links", "upper links", "signs"};
constexpr FileKind kKind{"PVI1", 1, "vector index", kNames};
constexpr std::array<std::string_view, 4> kMetrics{"cosine", "dot", "l2", "euclidean"};
constexpr std::array<std::string_view, 4> kDtypes{"float32", "float16", "int8", "binary"};
constexpr std::array<std::string_view, 3> kKinds{"flat", "hnsw", "auto"};

template <class Names>
char index_of(const Names& names, std::string_view name) {
  return static_cast<char>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::string write_options(const VectorIndexOptions& options, std::size_t count) {
  std::string out;
  bytes::put_u32(out, static_cast<std::uint32_t>(options.dim));
  out.push_back(index_of(kMetrics, options.metric));
  out.push_back(index_of(kDtypes, options.dtype));
  out.push_back(index_of(kKinds, options.kind));
  out.push_back(options.keep_full ? 1 : 0);
  bytes::put_u32(out, static_cast<std::uint32_t>(options.m));
  bytes::put_u32(out, static_cast<std::uint32_t>(options.ef_construction));
  bytes::put_u32(out, static_cast<std::uint32_t>(options.ef));
  bytes::put_u64(out, static_cast<std::uint64_t>(options.seed));
  bytes::put_u64(out, count);
  return out;
}

bool read_options(std::string_view section, VectorIndexOptions& options, std::uint64_t& count) {
  bytes::Reader in(section);
  options.dim = in.u32();
  const std::uint8_t metric = in.u8(), dtype = in.u8(), kind = in.u8(), keep_full = in.u8();
  options.m = in.u32();
  options.ef_construction = in.u32();
  options.ef = in.u32();
  options.seed = static_cast<std::int64_t>(in.u64());
  count = in.u64();
  if (in.bad() || !in.done() || metric >= kMetrics.size() || dtype >= kDtypes.size() || kind >= kKinds.size() ||
      keep_full > 1 || count >= kNoOrdinal) {
    return false;
  }
  options.metric = kMetrics[metric];
  options.dtype = kDtypes[dtype];
  options.kind = kKinds[kind];
  options.keep_full = keep_full != 0;
  return true;
}

template <class T>
Column<T> column(std::string_view section, const std::shared_ptr<const void>& owner) {
  return {reinterpret_cast<const T*>(section.data()), section.size() / sizeof(T), owner};
}

bool same_float(float a, float b) {
  return __builtin_bit_cast(std::uint32_t, a) == __builtin_bit_cast(std::uint32_t, b);
}

}  // namespace

std::string VectorIndex::to_bytes() const {
  const std::shared_lock lock(impl_->mutex);
  const Impl& index = *impl_;
  std::array<std::string, kFull + 1> made;
  made[kOptions] = write_options(index.options, index.graph == nullptr ? index.live : index.slots());
  const bool whole = index.graph != nullptr || index.live == index.slots();
  for (std::size_t slot = 0; slot < index.slots(); ++slot) {
    if (!index.is_alive(slot) && index.graph == nullptr) continue;
    bytes::put_varint(made[kIds], index.keys[slot].size());
    made[kIds] += index.keys[slot];
    const auto& extra = index.metadata[slot];
    bytes::put_varint(made[kMetadata], extra ? extra->size() + 1 : 0);
    if (extra) made[kMetadata] += *extra;
    if (whole) continue;
    const auto put = [slot](std::string& out, const auto& items, std::size_t each) {
      if (items.size() > 0) out += items.bytes().substr(slot * each, each);
    };
    put(made[kRows], index.rows, index.row_bytes);
    put(made[kScales], index.scales, sizeof(float));
    put(made[kSquares], index.squares, sizeof(std::uint32_t));
    put(made[kFull], index.full, index.dim * sizeof(float));
  }
  std::array<std::string_view, kSections> sections{made[kOptions], made[kIds],     made[kMetadata], made[kRows],
                                                   made[kScales],  made[kSquares], made[kFull]};
  if (whole) {
    sections[kRows] = index.rows.bytes();
    sections[kScales] = index.scales.bytes();
    sections[kSquares] = index.squares.bytes();
    sections[kFull] = index.full.bytes();
  }
  std::string head;
  if (index.graph != nullptr) {
    std::string_view graph[HnswGraph::kSections];
    index.graph->sections(head, graph);
    std::copy(std::begin(graph), std::end(graph), sections.begin() + kGraph);
  }
  return write_sections(kKind, sections);
}

Result<VectorIndex> VectorIndex::from_bytes(std::string_view given, std::shared_ptr<const void> owner, bool verify) {
  const auto checked = open_sections(kKind, given, verify);  // before anything is copied
  if (!checked.ok()) return checked.error();
  const Image image = aligned_image(given, std::move(owner));
  const auto opened = open_sections(kKind, image.bytes, false);
  if (!opened.ok()) return opened.error();
  const auto& parts = opened.value();
  const auto damaged = [&](std::size_t section) {
    return damaged_section(kKind, image.bytes, parts[section], section);
  };
  VectorIndexOptions options;
  std::uint64_t count = 0;
  if (!read_options(parts[kOptions], options, count)) return damaged(kOptions);
  auto made = Impl::make(options);
  if (!made.ok()) return damaged(kOptions);
  auto impl = std::move(made).value();
  Impl& index = *impl;
  const auto sized = [&](Section section, bool present, std::size_t each) {
    return parts[section].size() % each == 0 && parts[section].size() / each == (present ? count : 0);
  };
  if (!sized(kRows, true, index.row_bytes)) return damaged(kRows);
  if (!sized(kScales, index.dtype == Dtype::int8, sizeof(float))) return damaged(kScales);
  if (!sized(kSquares, index.dtype != Dtype::binary, sizeof(std::uint32_t))) return damaged(kSquares);
  if (!sized(kFull, index.keeps_full(), index.dim * sizeof(float))) return damaged(kFull);
  if (options.kind == "hnsw" || (index.may_link() && !parts[kGraph].empty())) {
    std::size_t bad = 0;
    index.graph = HnswGraph::open(std::span(parts).subspan(kGraph), verify, image.owner, bad);
    if (index.graph == nullptr) return damaged(kGraph + bad);
    const GraphOptions needed = index.new_graph()->options(), &given_ones = index.graph->options();
    if (given_ones.m != needed.m || given_ones.ef_construction != needed.ef_construction ||
        given_ones.seed != needed.seed || given_ones.sign_words != needed.sign_words || index.graph->size() != count) {
      return damaged(kGraph);
    }
    index.graph_checked = verify;
  }
  for (std::size_t section = kGraph; index.graph == nullptr && section < kSections; ++section) {
    if (!parts[section].empty()) return damaged(section);
  }
  index.rows = column<std::uint8_t>(parts[kRows], image.owner);
  index.scales = column<float>(parts[kScales], image.owner);
  index.squares = column<std::uint32_t>(parts[kSquares], image.owner);
  index.full = column<float>(parts[kFull], image.owner);

  bytes::Reader ids(parts[kIds]), extras(parts[kMetadata]);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string_view key = ids.text();
    if (index.graph != nullptr && !index.graph->alive(static_cast<std::uint32_t>(i))) {
      if (ids.bad() || !key.empty()) return damaged(kIds);
      if (extras.varint() != 0 || extras.bad()) return damaged(kMetadata);
      index.enter_hole();
      continue;
    }
    const bool known_kind = !key.empty() && (key[0] == 0 ? well_formed(key) : key[0] == 1 && key.size() == 9);
    if (ids.bad() || !known_kind || index.find(key) != kNoOrdinal) return damaged(kIds);
    std::optional<std::string> extra;
    const std::uint64_t size = extras.varint();
    if (size != 0) extra = std::string(extras.take(size - 1));
    if (extras.bad() || (extra && !decode_metadata(*extra).ok())) return damaged(kMetadata);
    index.enter(std::string(key), std::move(extra));
  }
  if (ids.left() != 0) return damaged(kIds);
  if (extras.left() != 0) return damaged(kMetadata);
  for (std::size_t slot = 0; verify && slot < count; ++slot) {
    const float scale = index.scale(slot);
    if (!std::isfinite(scale) || std::signbit(scale)) return damaged(kScales);
    if (!sound_row(index.dtype, index.row(slot), index.dim)) return damaged(kRows);
    const Beside beside = beside_row(index.dtype, index.row(slot), index.dim, scale);
    if (index.dtype != Dtype::binary && index.squares[slot] != beside.square) return damaged(kSquares);
    std::vector<float> values(index.dim);
    restore_row(index.dtype, index.row(slot), index.dim, 1.0F, values.data());
    for (const float value : values) {
      if (!std::isfinite(value)) return damaged(kRows);
    }
    if (!index.keeps_full()) continue;
    std::vector<std::uint8_t> again(index.row_bytes);  // what is kept beside must be what was quantised
    const float* wide = index.full.data() + slot * index.dim;
    for (std::size_t i = 0; i < index.dim; ++i) {
      if (!std::isfinite(wide[i])) return damaged(kFull);
    }
    const auto stored = store_row(index.dtype, wide, index.dim, slot, again.data());
    if (!stored.ok() || !same_float(stored.value().scale, scale) ||
        std::memcmp(again.data(), index.row(slot), again.size()) != 0) {
      return damaged(kFull);
    }
  }
  return VectorIndex(std::move(impl));
}

}  // namespace paritas
