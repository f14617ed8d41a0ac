#include "paritas/retrieve/hybrid.hpp"

#include <cmath>

#include "base/bytes.hpp"
#include "base/sections.hpp"
#include "paritas/base/hash.hpp"
#include "retrieve/id_table.hpp"

namespace paritas {
namespace {

constexpr std::int64_t kMostFetched = 1000;
constexpr std::string_view kFusions[] = {"rrf", "weighted"};
constexpr std::string_view kNorms[] = {"minmax", "max", "none"};
constexpr const char* kSections[] = {"options", "bm25", "vectors"};
constexpr FileKind kFile{"PHY1", 1, "hybrid index", kSections};

Error wrong(const char* message) { return {ErrorCode::invalid_argument, message}; }

template <std::size_t Count>
std::uint8_t index_of(const std::string_view (&names)[Count], std::string_view name) {
  std::uint8_t at = 0;
  while (at < Count && names[at] != name) ++at;
  return at;
}

bool is_weight(double value) { return value >= 0.0 && std::isfinite(value); }

std::uint64_t id_hash(const DocId& id) { return xxh3_64(id_key(id)); }

Error below_zero() { return wrong("n_results must be at least 0"); }

}  // namespace

Result<Hybrid> Hybrid::create(const HybridOptions& options) {
  if (!(options.rrf_k > 0.0) || !std::isfinite(options.rrf_k)) return wrong("rrf_k must be finite and above 0");
  if (!is_weight(options.sparse_weight)) return wrong("sparse_weight must be finite and at least 0");
  if (!is_weight(options.dense_weight)) return wrong("dense_weight must be finite and at least 0");
  if (options.fetch_multiplier < 1 || options.fetch_multiplier > kMostFetched) {
    return wrong("fetch_multiplier must be from 1 to 1000");
  }
  if (index_of(kFusions, options.fusion) == std::size(kFusions)) return wrong("fusion must be \"rrf\" or \"weighted\"");
  if (index_of(kNorms, options.norm) == std::size(kNorms)) {
    return wrong("norm must be \"minmax\", \"max\" or \"none\"");
  }
  return Hybrid(options);
}

Result<std::int64_t> Hybrid::fetch(std::int64_t n_results, bool both) const {
  if (n_results < 0) return below_zero();
  constexpr std::int64_t kEnough = std::int64_t{1} << 31;  // no index has as many documents
  if (n_results >= kEnough / kMostFetched) return kEnough - 1;
  return both ? n_results * options_.fetch_multiplier : n_results;
}

Result<std::vector<HybridHit>> Hybrid::join(std::optional<std::span<const Hit>> sparse,
                                            std::optional<std::span<const Hit>> dense, std::int64_t n_results) const {
  if (n_results < 0) return below_zero();
  if (!sparse && !dense) return wrong("give a text, a vector or both");
  std::vector<HybridHit> out;
  const auto add = [&out](const Hit& hit) -> HybridHit& {
    HybridHit& made = out.emplace_back();
    made.id = hit.id;
    made.score = hit.score;
    return made;
  };
  if (!sparse || !dense) {
    const std::span<const Hit> hits = sparse ? *sparse : *dense;
    for (std::size_t i = 0; i < hits.size() && i < static_cast<std::uint64_t>(n_results); ++i) {
      HybridHit& hit = add(hits[i]);
      (sparse ? hit.sparse_score : hit.dense_score) = hits[i].score;
      (sparse ? hit.sparse_rank : hit.dense_rank) = i + 1;
    }
    return out;
  }
  const std::vector<Hit> lists[] = {{sparse->begin(), sparse->end()}, {dense->begin(), dense->end()}};
  const double weights[] = {options_.sparse_weight, options_.dense_weight};
  const FusionOptions fusion{options_.rrf_k, options_.norm, n_results};
  auto fused = options_.fusion == "rrf" ? rrf(lists, weights, fusion) : weighted_fusion(lists, weights, fusion);
  if (!fused.ok()) return fused.error();
  for (const Hit& hit : fused.value()) add(hit);
  // Where each part had them: the results are few, so the parts are looked up among them.
  Table table;
  const auto hash_of = [&out](std::uint32_t at) { return id_hash(out[at].id); };
  for (std::size_t i = 0; i < out.size(); ++i) {
    table.insert(hash_of(static_cast<std::uint32_t>(i)), static_cast<std::uint32_t>(i), hash_of);
  }
  for (const std::vector<Hit>& list : lists) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::uint32_t at =
          table.find(id_hash(list[i].id), [&](std::uint32_t n) { return out[n].id == list[i].id; });
      if (at == kNoOrdinal) continue;
      auto& score = &list == lists ? out[at].sparse_score : out[at].dense_score;
      if (score) continue;
      score = list[i].score;
      (&list == lists ? out[at].sparse_rank : out[at].dense_rank) = i + 1;
    }
  }
  return out;
}

std::string Hybrid::to_bytes(std::string_view bm25, std::string_view vectors) const {
  std::string head;
  head.push_back(static_cast<char>(index_of(kFusions, options_.fusion)));
  head.push_back(static_cast<char>(index_of(kNorms, options_.norm)));
  bytes::put_f64(head, options_.rrf_k);
  bytes::put_f64(head, options_.sparse_weight);
  bytes::put_f64(head, options_.dense_weight);
  bytes::put_u64(head, static_cast<std::uint64_t>(options_.fetch_multiplier));
  const std::string_view sections[] = {head, bm25, vectors};
  return write_sections(kFile, sections);
}

Result<HybridFile> open_hybrid(std::string_view data) {
  auto opened = open_sections(kFile, data, true);
  if (!opened.ok()) return opened.error();
  const std::vector<std::string_view>& sections = opened.value();
  bytes::Reader in(sections[0]);
  HybridOptions options;
  const std::uint8_t fusion = in.u8(), norm = in.u8();
  options.rrf_k = in.f64();
  options.sparse_weight = in.f64();
  options.dense_weight = in.f64();
  options.fetch_multiplier = static_cast<std::int64_t>(in.u64());
  if (!in.bad() && in.left() == 0 && fusion < std::size(kFusions) && norm < std::size(kNorms)) {
    options.fusion = kFusions[fusion];
    options.norm = kNorms[norm];
    if (auto made = Hybrid::create(options); made.ok()) {
      return HybridFile{std::move(made).value(), sections[1], sections[2]};
    }
  }
  return damaged_section(kFile, data, sections[0], 0);
}

}  // namespace paritas
