#include "paritas/retrieve/vector_index.hpp"

#include <limits>

#include "filter.hpp"
#include "floats.hpp"
#include "packed.hpp"

namespace paritas::wasm {

namespace {

constexpr std::int32_t kNoEf = std::numeric_limits<std::int32_t>::min();  // what says that none was given

VectorQuery asked(std::int32_t k, std::int32_t ef, bool exact, std::int32_t rescore, const Selection& selection) {
  VectorQuery out;
  out.k = k;
  if (ef != kNoEf) out.ef = ef;
  out.exact = exact;
  out.rescore = rescore;
  out.selection = selection;
  out.threads = 1;
  return out;
}

}  // namespace

WASM(Reply, vectorIndexDefaults)() {
  const VectorIndexOptions options;
  Packer out;
  for (const std::int64_t value : {options.dim, options.m, options.ef_construction, options.ef, options.seed}) {
    out.f64(static_cast<double>(value));
  }
  out.u8(options.keep_full);
  out.text(options.metric);
  out.text(options.dtype);
  out.text(options.kind);
  return out.out();
}
WASM(double, vectorQueryDefaultK)() { return static_cast<double>(VectorQuery{}.k); }

/// One block: metric, dtype, kind.
WASM(Reply, vectorIndexCreate)
(std::uintptr_t at, std::size_t bytes, std::int32_t dim, std::int32_t m, std::int32_t ef_construction, std::int32_t ef,
 std::int32_t seed, bool keep_full) {
  Unpacker in(at, bytes);
  VectorIndexOptions options;
  options.metric = in.text();
  options.dtype = in.text();
  options.kind = in.text();
  options.dim = dim;
  options.m = m;
  options.ef_construction = ef_construction;
  options.ef = ef;
  options.seed = seed;
  options.keep_full = keep_full;
  return outcome(VectorIndex::create(options), handle);
}
WASM(Reply, vectorIndexFromBytes)(std::uintptr_t at, std::size_t bytes) {
  return outcome(VectorIndex::from_bytes(text(at, bytes)), handle);
}
WASM(void, vectorIndexDelete)(VectorIndex* self) { delete self; }

/// One block: on_duplicate, then id and metadata of each row.
WASM(Reply, vectorIndexAddBatch)
(VectorIndex& self, std::uintptr_t at, std::size_t bytes, std::uintptr_t rows_at, std::size_t rows, std::size_t dim) {
  Unpacker in(at, bytes);
  const std::string_view mode = in.text();
  std::vector<DocId> ids;
  std::vector<std::optional<std::string_view>> metadatas;
  while (!in.done()) {
    ids.push_back(in.id());
    metadatas.push_back(in.optional());
  }
  return outcome(self.add_batch(ids, matrix(rows_at, rows, dim), metadatas, mode, 1), number);
}
/// One block: id, metadata.
WASM(Reply, vectorIndexAdd)
(VectorIndex& self, std::uintptr_t at, std::size_t bytes, std::uintptr_t vector, std::size_t dim) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  return outcome(self.add(id, floats(vector, dim), in.optional()), number);
}
WASM(double, vectorIndexRemoveMany)(VectorIndex& self, std::uintptr_t at, std::size_t bytes) {
  std::vector<DocId> ids;
  for (Unpacker in(at, bytes); !in.done();) ids.push_back(in.id());
  return static_cast<double>(self.remove_many(ids));
}
WASM(void, vectorIndexClear)(VectorIndex& self) { self.clear(); }
WASM(void, vectorIndexCompact)(VectorIndex& self) { self.compact(); }

/// For each query the number of hits, then id and score of each.
WASM(Reply, vectorIndexQueryBatch)
(const VectorIndex& self, std::uintptr_t at, std::size_t rows, std::size_t dim, std::int32_t k, std::int32_t ef,
 bool exact, std::int32_t rescore, std::uintptr_t filter_at, std::size_t filter_bytes) {
  return with_selection(filter_at, filter_bytes, [&](const Selection& selection) {
    return outcome(self.query_batch(matrix(at, rows, dim), asked(k, ef, exact, rescore, selection)),
                   [](const auto& lists) {
                     Packer out;
                     for (const auto& hits : lists) {
                       out.u32(hits.size());
                       for (const Hit& hit : hits) {
                         pack(out, hit.id);
                         out.f64(hit.score);
                       }
                     }
                     return out.out();
                   });
  });
}
/// Columns, all positions, all scores, as float64.
WASM(Reply, vectorIndexQueryBatchArrays)
(const VectorIndex& self, std::uintptr_t at, std::size_t rows, std::size_t dim, std::int32_t k, std::int32_t ef,
 bool exact, std::int32_t rescore, std::uintptr_t filter_at, std::size_t filter_bytes) {
  return with_selection(filter_at, filter_bytes, [&](const Selection& selection) {
    return outcome(self.query_batch_arrays(matrix(at, rows, dim), asked(k, ef, exact, rescore, selection)),
                   [](const VectorRows& found) {
                     Packer out;
                     out.f64(static_cast<double>(found.columns));
                     for (const std::int64_t position : found.positions) out.f64(static_cast<double>(position));
                     for (const double score : found.scores) out.f64(score);
                     return out.out();
                   });
  });
}

WASM(double, vectorIndexCount)(const VectorIndex& self) { return static_cast<double>(self.count()); }
WASM(bool, vectorIndexContains)(const VectorIndex& self, std::uintptr_t at, std::size_t bytes) {
  return self.contains(Unpacker(at, bytes).id());
}
/// Metadata and float32 values, or nothing.
WASM(Reply, vectorIndexGet)(const VectorIndex& self, std::uintptr_t at, std::size_t bytes) {
  const auto found = self.get(Unpacker(at, bytes).id());
  Packer out;
  if (found) {
    out.optional(found->metadata);
    out.raw({reinterpret_cast<const char*>(found->vector.data()), found->vector.size() * sizeof(float)});
  }
  return out.out();
}
WASM(Reply, vectorIndexIds)(const VectorIndex& self) {
  Packer out;
  for (const DocId& id : self.ids()) pack(out, id);
  return out.out();
}
WASM(Reply, vectorIndexMetadatas)(const VectorIndex& self) {
  Packer out;
  for (const auto& metadata : self.metadatas()) out.optional(metadata);
  return out.out();
}
WASM(Reply, vectorIndexStats)(const VectorIndex& self) {
  const VectorIndexStats stats = self.stats();
  Packer out;
  for (const std::uint64_t value :
       {stats.count, stats.removed, stats.dim, stats.vector_bytes, stats.graph_bytes, stats.document_bytes}) {
    out.f64(static_cast<double>(value));
  }
  for (const std::string& text : {stats.metric, stats.dtype, stats.kind, stats.path}) out.text(text);
  return out.out();
}
WASM(Reply, vectorIndexToBytes)(const VectorIndex& self) { return typed(self.to_bytes()); }

}  // namespace paritas::wasm
