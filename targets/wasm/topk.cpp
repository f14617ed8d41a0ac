#include "paritas/vectors/topk.hpp"

#include "floats.hpp"
#include "hits.hpp"
#include "row_filter.hpp"

namespace paritas::wasm {

/// The hits of one query after the other.
WASM(Reply, topK)
(std::uintptr_t queries, std::size_t height, std::size_t query_dim, std::uintptr_t corpus, std::size_t rows,
 std::size_t dim, std::uintptr_t metric, std::size_t metric_bytes, std::int32_t k, bool normalized, bool limited,
 double threshold, int filter_kind, std::uintptr_t filter_at, std::size_t filter_count) {
  const auto kind = parse_metric(text(metric, metric_bytes));
  if (!kind.ok()) return failure(kind.error());
  const auto filter = filter_of(filter_kind, filter_at, filter_count, rows);
  if (!filter.ok()) return failure(filter.error());
  TopKOptions options{k, kind.value(), std::nullopt, 1, normalized};
  if (limited) options.threshold = threshold;
  return outcome(top_k(matrix(queries, height, query_dim), matrix(corpus, rows, dim), options,
                       filter_kind == kNoFilter ? nullptr : &filter.value()),
                 [](const auto& lists) {
                   Packer out;
                   for (const auto& hits : lists) pack(out, hits);
                   return out.out();
                 });
}

WASM(std::int32_t, topKDefault)() { return static_cast<std::int32_t>(TopKOptions{}.k); }

}  // namespace paritas::wasm
