#include "paritas/vectors/hnsw.hpp"

#include "floats.hpp"
#include "packed.hpp"

// What JavaScript gives beside a call: hnswCall(0, id, 0) asks the filter, hnswCall(1, done, total) tells the progress.
extern "C" __attribute__((import_module("env"), import_name("hnswCall"))) int paritas_hnswCall(int what, double a,
                                                                                               double b);

namespace paritas::wasm {
namespace {

void pack(Packer& out, const std::vector<std::vector<HnswHit>>& found) {
  for (const auto& hits : found) {
    out.f64(static_cast<double>(hits.size()));
    for (const HnswHit& hit : hits) {
      out.f64(static_cast<double>(hit.id));
      out.f64(static_cast<double>(hit.distance));
    }
  }
}

std::vector<std::int64_t> numbers(std::uintptr_t at, std::size_t count) {
  std::vector<std::int64_t> out;
  for (const double value : doubles(at, count)) out.push_back(static_cast<std::int64_t>(value));
  return out;
}

}  // namespace

WASM(Reply, hnswDefaults)() {
  const HnswOptions options;
  const HnswSearch search;
  Packer out;
  for (const std::int64_t value : {options.max_elements, options.m, options.ef_construction, options.ef_search,
                                   static_cast<std::int64_t>(options.seed), options.exact_below, search.k}) {
    out.f64(static_cast<double>(value));
  }
  out.text(options.metric);
  out.text(options.storage);
  return out.out();
}

/// numbers: dimension, max_elements, m, ef_construction, ef_search, seed, exact_below.
WASM(Reply, hnswCreate)
(std::uintptr_t at, std::uintptr_t metric, std::size_t metric_bytes, std::uintptr_t storage,
 std::size_t storage_bytes) {
  const std::vector<std::int64_t> given = numbers(at, 7);
  HnswOptions options;
  options.dimension = given[0];
  options.max_elements = given[1];
  options.m = given[2];
  options.ef_construction = given[3];
  options.ef_search = given[4];
  options.seed = static_cast<std::uint64_t>(given[5]);
  options.exact_below = given[6];
  options.metric = text(metric, metric_bytes);
  options.storage = text(storage, storage_bytes);
  return outcome(HnswIndex::create(options), handle);
}
WASM(void, hnswDelete)(HnswIndex* self) { delete self; }

/// One block: u8 whether there are ids, u32 their number, each as f64; u32 number of metadata, each optional.
WASM(Reply, hnswAddBatch)
(HnswIndex& self, std::uintptr_t vectors, std::size_t rows, std::size_t dim, std::uintptr_t at, std::size_t bytes,
 bool tell) {
  Unpacker in(at, bytes);
  std::vector<std::int64_t> ids;
  std::optional<std::span<const std::int64_t>> given;
  const bool named = in.number<std::uint8_t>() != 0;
  for (auto left = in.number<std::uint32_t>(); left > 0; --left) {
    ids.push_back(static_cast<std::int64_t>(in.number<double>()));
  }
  if (named) given = ids;
  std::vector<std::optional<std::string_view>> metadatas;
  for (auto left = in.number<std::uint32_t>(); left > 0; --left) metadatas.push_back(in.optional());
  const HnswProgress progress = [](std::size_t done, std::size_t total) {
    return paritas_hnswCall(1, static_cast<double>(done), static_cast<double>(total)) != 0;
  };
  return outcome(self.add_batch(matrix(vectors, rows, dim), given, metadatas, 1, tell ? &progress : nullptr),
                 [](const std::vector<std::int64_t>& added) {
                   Packer out;
                   for (const std::int64_t id : added) out.f64(static_cast<double>(id));
                   return out.out();
                 });
}

/// ef 0: the one of the index. wanted: addresses of float64, or 0 for all.
WASM(Reply, hnswSearch)
(const HnswIndex& self, std::uintptr_t queries, std::size_t rows, std::size_t dim, std::int32_t k, bool with_ef,
 std::int32_t ef, bool filter, bool some, std::uintptr_t wanted, std::size_t count) {
  HnswSearch options;
  options.k = k;
  if (with_ef) options.ef = ef;
  std::vector<std::int64_t> ids;
  if (some) options.filter_ids = ids = numbers(wanted, count);
  const std::function<bool(std::int64_t)> passes = [](std::int64_t id) {
    return paritas_hnswCall(0, static_cast<double>(id), 0.0) != 0;
  };
  if (filter) options.filter = &passes;
  return outcome(self.search_batch(matrix(queries, rows, dim), options, 1), [](const auto& found) {
    Packer out;
    pack(out, found);
    return out.out();
  });
}

WASM(Reply, hnswRemove)(HnswIndex& self, double id) {
  return outcome(self.remove(static_cast<std::int64_t>(id)), number);
}
WASM(Reply, hnswCompact)(HnswIndex& self) { return outcome(self.compact(1), number); }
WASM(double, hnswSize)(const HnswIndex& self) { return static_cast<double>(self.size()); }
WASM(double, hnswDimension)(const HnswIndex& self) { return static_cast<double>(self.options().dimension); }
WASM(bool, hnswHas)(const HnswIndex& self, double id) { return self.contains(static_cast<std::int64_t>(id)); }
WASM(Reply, hnswIds)(const HnswIndex& self) {
  Packer out;
  for (const std::int64_t id : self.ids()) out.f64(static_cast<double>(id));
  return out.out();
}
WASM(Reply, hnswGet)(const HnswIndex& self, double id) {
  return outcome(self.get(static_cast<std::int64_t>(id)), typed);
}
WASM(Reply, hnswGetMetadata)(const HnswIndex& self, double id) {
  return outcome(self.get_metadata(static_cast<std::int64_t>(id)), [](const std::optional<std::string>& found) {
    Packer out;
    out.optional(found);
    return out.out();
  });
}
WASM(Reply, hnswStats)(const HnswIndex& self) {
  const HnswStats s = self.stats();
  Packer out;
  for (const std::size_t value :
       {s.count, s.holes, s.layers, s.vector_bytes, s.link_bytes, s.id_bytes, s.metadata_bytes}) {
    out.f64(static_cast<double>(value));
  }
  out.u8(s.exact);
  return out.out();
}
WASM(Reply, hnswToBytes)(const HnswIndex& self) { return typed(self.to_bytes()); }
WASM(Reply, hnswFromBytes)(std::uintptr_t at, std::size_t bytes) {
  return outcome(HnswIndex::from_bytes(text(at, bytes)), handle);
}

}  // namespace paritas::wasm
