#include "paritas/vectors/topk.hpp"

#include <emscripten/bind.h>

#include "floats.hpp"
#include "hits.hpp"

namespace paritas::wasm {
namespace {

// What a call says about its filter: none, row numbers as float64, or a byte for each row.
enum Filter { kNone, kIds, kMask };

Result<RowFilter> filter_of(int kind, std::uintptr_t at, std::size_t count, std::size_t rows) {
  if (kind == kMask) return RowFilter::of_mask({reinterpret_cast<const std::uint8_t*>(at), count}, rows);
  std::vector<std::int64_t> ids;
  for (const double id : doubles(at, kind == kNone ? 0 : count)) ids.push_back(static_cast<std::int64_t>(id));
  return RowFilter::of_ids(ids, rows);
}

struct Ask {
  std::int32_t k;
  bool normalized, limited;
  double threshold;
  int filter;
};

val top_k(std::uintptr_t queries, std::size_t height, std::size_t query_dim, std::uintptr_t corpus, std::size_t rows,
          std::size_t dim, std::uintptr_t metric, std::size_t metric_bytes, Ask ask, std::uintptr_t filter_at,
          std::size_t filter_count) {
  const auto kind = parse_metric(text(metric, metric_bytes));
  if (!kind.ok()) return outcome(Result<bool>(kind.error()), same);
  const auto filter = filter_of(ask.filter, filter_at, filter_count, rows);
  if (!filter.ok()) return outcome(Result<bool>(filter.error()), same);
  TopKOptions options{ask.k, kind.value(), std::nullopt, 1, ask.normalized};
  if (ask.limited) options.threshold = ask.threshold;
  auto found = paritas::top_k(matrix(queries, height, query_dim), matrix(corpus, rows, dim), options,
                              ask.filter == kNone ? nullptr : &filter.value());
  return outcome(std::move(found), [](const auto& lists) {
    std::vector<double> flat;
    for (const auto& hits : lists) append_hits(hits, flat);
    return typed(flat);
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_topk) {
  emscripten::value_object<Ask>("TopKAsk")
      .field("k", &Ask::k)
      .field("normalized", &Ask::normalized)
      .field("limited", &Ask::limited)
      .field("threshold", &Ask::threshold)
      .field("filter", &Ask::filter);
  emscripten::function("topK", &top_k);
  emscripten::function(
      "topKDefault", +[] { return static_cast<std::int32_t>(TopKOptions{}.k); });
}

}  // namespace paritas::wasm
