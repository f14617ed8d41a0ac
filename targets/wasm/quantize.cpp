#include "paritas/vectors/quantize.hpp"

#include "floats.hpp"
#include "hits.hpp"
#include "row_filter.hpp"

namespace paritas::wasm {

WASM(Reply, quantizedCreate)
(std::uintptr_t at, std::size_t rows, std::size_t dim, std::uintptr_t dtype, std::size_t bytes) {
  const auto kind = parse_dtype(text(dtype, bytes), false);
  return kind.ok() ? outcome(quantize(matrix(at, rows, dim), kind.value()), handle) : failure(kind.error());
}
WASM(Reply, quantizedFromBytes)(std::uintptr_t at, std::size_t bytes) {
  return outcome(QuantizedVectors::from_bytes(text(at, bytes)), handle);
}
WASM(void, quantizedDelete)(QuantizedVectors* self) { delete self; }

WASM(Reply, quantizedShape)(const QuantizedVectors& self) {
  Packer out;
  out.f64(static_cast<double>(self.dim()));
  out.f64(static_cast<double>(self.count()));
  out.f64(static_cast<double>(self.nbytes()));
  out.text(name(self.dtype()));
  return out.out();
}
WASM(Reply, quantizedData)(const QuantizedVectors& self) { return typed(self.data()); }
WASM(Reply, quantizedScales)(const QuantizedVectors& self) { return typed(self.scales()); }
WASM(Reply, quantizedValues)(const QuantizedVectors& self, std::size_t first, std::size_t count) {
  const Floats out(count * self.dim());
  const std::span<float> values = out;
  for (std::size_t i = 0; i < count; ++i) {
    self.dequantize_row(first + i, values.subspan(i * self.dim(), self.dim()));
  }
  return out.out(true);
}
WASM(Reply, quantizedToBytes)(const QuantizedVectors& self) { return typed(self.to_bytes()); }

/// The hits of one query after the other.
WASM(Reply, quantizedTopK)
(const QuantizedVectors& self, std::uintptr_t queries, std::size_t height, std::size_t query_dim, std::uintptr_t metric,
 std::size_t metric_bytes, std::int32_t k, bool limited, double threshold, int filter_kind, std::uintptr_t filter_at,
 std::size_t filter_count, std::uintptr_t exact, std::size_t exact_rows, std::size_t exact_dim,
 std::int32_t oversample) {
  const auto kind = parse_metric(text(metric, metric_bytes));
  if (!kind.ok()) return failure(kind.error());
  const auto filter = filter_of(filter_kind, filter_at, filter_count, self.count());
  if (!filter.ok()) return failure(filter.error());
  TopKOptions options{k, kind.value(), std::nullopt, 1, false};
  if (limited) options.threshold = threshold;
  const Matrix again = matrix(exact, exact_rows, exact_dim);
  return outcome(top_k(matrix(queries, height, query_dim), self, options,
                       filter_kind == kNoFilter ? nullptr : &filter.value(), exact == 0 ? nullptr : &again, oversample),
                 [](const auto& lists) {
                   Packer out;
                   for (const auto& hits : lists) pack(out, hits);
                   return out.out();
                 });
}

WASM(Reply, quantizedSimilarities)
(const QuantizedVectors& self, std::uintptr_t queries, std::size_t height, std::size_t query_dim, bool normalize) {
  const Floats out(height * self.count());
  return out.out(similarity_matrix(matrix(queries, height, query_dim), self, normalize, 1, out));
}

WASM(Reply, hammingDistance)(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  const auto bits = [](std::uintptr_t at, std::size_t bytes) {
    return std::span(reinterpret_cast<const std::uint8_t*>(at), bytes);
  };
  return outcome(hamming_distance(bits(a, a_bytes), bits(b, b_bytes)), number);
}

WASM(Reply, rescoreNeedsQuantized)() { return failure(rescore_needs_quantized()); }
WASM(std::int32_t, oversampleDefault)() { return static_cast<std::int32_t>(kOversample); }

}  // namespace paritas::wasm
