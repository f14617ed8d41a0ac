#include "paritas/retrieve/hybrid.hpp"

#include "packed.hpp"

namespace paritas::wasm {
namespace {

void pack_options(Packer& out, const HybridOptions& options) {
  out.f64(options.rrf_k);
  out.f64(options.sparse_weight);
  out.f64(options.dense_weight);
  out.f64(static_cast<double>(options.fetch_multiplier));
  out.text(options.fusion);
  out.text(options.norm);
}

/// Nothing, or a score and a rank.
void pack_place(Packer& out, const std::optional<double>& score, const std::optional<std::uint64_t>& rank) {
  out.u8(score.has_value());
  if (!score) return;
  out.f64(*score);
  out.f64(static_cast<double>(*rank));
}

/// u8 0, or u8 1, u32 hits, and the id and score of each.
std::optional<std::vector<Hit>> hits_of(Unpacker& in) {
  if (in.number<std::uint8_t>() == 0) return std::nullopt;
  std::vector<Hit> out;
  for (auto left = in.number<std::uint32_t>(); left > 0; --left) {
    DocId id = in.id();
    out.push_back({std::move(id), in.number<double>()});
  }
  return out;
}

}  // namespace

/// The options, and n_results of a query.
WASM(Reply, hybridDefaults)() {
  const HybridOptions options;
  Packer out;
  pack_options(out, options);
  out.f64(static_cast<double>(options.n_results));
  return out.out();
}

/// One block: the options as hybridDefaults has them.
WASM(Reply, hybridCreate)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  HybridOptions options;
  options.rrf_k = in.number<double>();
  options.sparse_weight = in.number<double>();
  options.dense_weight = in.number<double>();
  options.fetch_multiplier = static_cast<std::int64_t>(in.number<double>());
  options.fusion = in.text();
  options.norm = in.text();
  return outcome(Hybrid::create(options), handle);
}
WASM(void, hybridDelete)(Hybrid* self) { delete self; }

WASM(Reply, hybridFetch)(const Hybrid& self, std::int32_t n_results, bool both) {
  return outcome(self.fetch(n_results, both), number);
}

/// One block: n_results, the hits of the words, those of the vectors.
WASM(Reply, hybridJoin)(const Hybrid& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const auto n_results = in.number<std::int64_t>();
  const auto sparse = hits_of(in);
  const auto dense = hits_of(in);
  std::optional<std::span<const Hit>> one, two;
  if (sparse) one = *sparse;
  if (dense) two = *dense;
  return outcome(self.join(one, two, n_results), [](const std::vector<HybridHit>& hits) {
    Packer out;
    for (const HybridHit& hit : hits) {
      pack(out, hit.id);
      out.f64(hit.score);
      pack_place(out, hit.sparse_score, hit.sparse_rank);
      pack_place(out, hit.dense_score, hit.dense_rank);
    }
    return out.out();
  });
}

/// One block: the file of the words, that of the vectors.
WASM(Reply, hybridToBytes)(const Hybrid& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const std::string_view bm25 = in.text();
  return typed(self.to_bytes(bm25, in.text()));
}

/// The options, then where the files of both parts start and end.
WASM(Reply, hybridOpen)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view data = text(at, bytes);
  return outcome(open_hybrid(data), [&](const HybridFile& file) {
    Packer out;
    pack_options(out, file.hybrid.options());
    for (const std::string_view part : {file.bm25, file.vectors}) {
      const auto start = static_cast<std::size_t>(part.data() - data.data());
      out.u32(start);
      out.u32(start + part.size());
    }
    return out.out();
  });
}

}  // namespace paritas::wasm
