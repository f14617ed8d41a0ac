#include "paritas/vectors/quantize.hpp"

#include <cmath>

#include "paritas/base/hash.hpp"
#include "vectors.hpp"

namespace paritas {

void check_quantize(Random& random, Digest& digest) {
  const auto dim = static_cast<std::size_t>(random.below(70) + 1);
  const auto rows = static_cast<std::size_t>(random.below(6));
  const auto dtype = static_cast<Dtype>(random.below(3) + 1);
  const bool hostile = random.below(4) == 0;
  std::vector<float> query = random_floats(random, dim), corpus = random_floats(random, rows * dim);
  for (std::vector<float>* values : {&query, &corpus}) {
    for (float& value : *values) {
      if (!hostile && !std::isfinite(value)) value = 0.25F;
    }
  }
  const Matrix one{query.data(), 1, dim}, all{corpus.data(), rows, dim};
  TopKOptions options;
  options.k = static_cast<std::int64_t>(random.below(5));
  options.metric = dtype == Dtype::binary ? Metric::cosine : static_cast<Metric>(random.below(4));
  const bool again = random.below(2) == 0;
  const auto made = quantize(all, dtype);
  if (!made.ok()) return digest.add(made.error());
  digest.add(xxh3_64(made.value().to_bytes()));
  std::vector<float> values(dim);
  for (std::size_t i = 0; i < rows; ++i) {
    made.value().dequantize_row(i, values);
    for (const float value : values) digest.add(value);
  }
  const auto found = top_k(one, made.value(), options, nullptr, again ? &all : nullptr, 2);
  if (!found.ok()) return digest.add(found.error());
  for (const Neighbour& hit : found.value()[0]) {
    digest.add(static_cast<std::uint64_t>(hit.index));
    digest.add(hit.score);
  }
}

}  // namespace paritas
