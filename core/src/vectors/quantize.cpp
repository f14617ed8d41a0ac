#include "paritas/vectors/quantize.hpp"

#include <array>
#include <cmath>
#include <cstring>

#include "base/bytes.hpp"
#include "base/sections.hpp"
#include "best.hpp"
#include "finish.hpp"
#include "plan.hpp"
#include "stored.hpp"
#include "stored_kernels.hpp"

namespace paritas {

struct QuantizedVectors::Impl {
  Dtype dtype = Dtype::int8;
  std::size_t dim = 0, count = 0, row_bytes = 0;
  std::vector<std::uint8_t> data;
  std::vector<float> scales;
  std::vector<std::uint32_t> squares;

  Impl(Dtype type, std::size_t n, std::size_t rows)
      : dtype(type),
        dim(n),
        count(rows),
        row_bytes(stored_bytes(type, n)),
        data(rows * row_bytes),
        scales(type == Dtype::int8 ? rows : 0),
        squares(type == Dtype::binary ? 0 : rows) {}
  [[nodiscard]] const std::uint8_t* row(std::size_t i) const { return data.data() + i * row_bytes; }
  [[nodiscard]] float scale(std::size_t i) const { return scales.empty() ? 0.0F : scales[i]; }
  void keep(std::size_t i, const Beside& beside) {
    if (!scales.empty()) scales[i] = beside.scale;
    if (!squares.empty()) squares[i] = beside.square;
  }
  [[nodiscard]] StoredRun run() const {
    return {data.data(), scales.empty() ? nullptr : scales.data(), squares.empty() ? nullptr : squares.data(), 0,
            count};
  }
};

namespace {

enum Section : std::size_t { kShape, kData, kScales, kSections };
constexpr std::array<const char*, kSections> kNames{"shape", "data", "scales"};
constexpr FileKind kKind{"PQV1", 1, "quantised vectors", kNames};

Result<Score> score_of(Dtype dtype, Metric metric) {
  if (dtype == Dtype::binary && metric != Metric::cosine) {
    return Error{ErrorCode::invalid_argument, "binary vectors are compared by cosine alone"};
  }
  switch (metric) {
    case Metric::cosine:
      return Score::cosine;
    case Metric::dot:
      return Score::dot;
    case Metric::euclidean:
      return Score::euclidean;
    default:
      return Score::squared_euclidean;
  }
}

Result<std::vector<StoredQuery>> stored(const Matrix& queries, Dtype dtype) {
  std::vector<StoredQuery> out;
  out.reserve(queries.rows);
  for (std::size_t i = 0; i < queries.rows; ++i) {
    auto query = StoredQuery::make(dtype, queries.row(i), queries.dim, i);
    if (!query.ok()) return query.error();
    out.push_back(std::move(query).value());
  }
  return out;
}

// The rows that were found, ranked by their exact scores.
std::vector<Neighbour> ranked(const float* query, std::span<const Neighbour> found, const Matrix& exact,
                              const TopKOptions& options, Score score) {
  const FloatState full;
  const float square = square_of(query, exact.dim);
  const bool negate = score == Score::euclidean || score == Score::squared_euclidean;
  Best best(static_cast<std::size_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(options.k), found.size())));
  for (const Neighbour& hit : found) {
    const float* row = exact.row(static_cast<std::size_t>(hit.index));
    float value = 0.0F;
    score_rows(score, query, square, &row, 1, exact.dim, &value);
    if (negate) value = one_nan(0.0F - value);
    if (options.threshold && !(static_cast<double>(value) >= *options.threshold)) continue;
    best.offer(key_of(value, static_cast<std::uint32_t>(hit.index)));
  }
  return std::move(best).hits();
}

Result<bool> refused(const Matrix& queries, std::size_t rows, std::size_t dim, const TopKOptions& options,
                     const Matrix* rescore, std::int64_t oversample) {
  if (options.k < 0) return Error{ErrorCode::invalid_argument, "k must be at least 0"};
  if (options.threshold && *options.threshold != *options.threshold) {
    return Error{ErrorCode::invalid_argument, "threshold must not be NaN"};
  }
  if (rescore != nullptr && oversample < 1) {
    return Error{ErrorCode::invalid_argument, "oversample must be at least 1"};
  }
  if (rescore != nullptr && (rescore->rows != rows || (rows > 0 && rescore->dim != dim))) {
    return Error{ErrorCode::length_mismatch, "rescore must have the " + std::to_string(rows) + " vectors of " +
                                                 std::to_string(dim) + " values that were quantised"};
  }
  return same_dimension(queries, {nullptr, rows, dim});
}

}  // namespace

Result<Dtype> parse_dtype(std::string_view text, bool float32_too) {
  for (const Dtype dtype : {Dtype::float32, Dtype::float16, Dtype::int8, Dtype::binary}) {
    if (text == name(dtype) && (float32_too || dtype != Dtype::float32)) return dtype;
  }
  return Error{ErrorCode::invalid_argument, float32_too ? "dtype must be float32, float16, int8 or binary"
                                                        : "dtype must be int8, float16 or binary"};
}

std::string_view name(Dtype dtype) noexcept {
  switch (dtype) {
    case Dtype::float32:
      return "float32";
    case Dtype::float16:
      return "float16";
    case Dtype::int8:
      return "int8";
    default:
      return "binary";
  }
}

QuantizedVectors::QuantizedVectors(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
QuantizedVectors::QuantizedVectors(QuantizedVectors&&) noexcept = default;
QuantizedVectors& QuantizedVectors::operator=(QuantizedVectors&&) noexcept = default;
QuantizedVectors::~QuantizedVectors() = default;

Result<QuantizedVectors> quantize(const Matrix& vectors, Dtype dtype) {
  if (vectors.rows > 0 && vectors.dim == 0) {
    return Error{ErrorCode::invalid_argument, "a vector must have at least 1 value to be quantised"};
  }
  if (vectors.dim > kWholeLimit) {
    return Error{ErrorCode::limit_exceeded, "a vector may have at most 131072 values"};
  }
  auto out = std::make_shared<QuantizedVectors::Impl>(dtype, vectors.dim, vectors.rows);
  for (std::size_t i = 0; i < vectors.rows; ++i) {
    const auto beside = store_row(dtype, vectors.row(i), vectors.dim, i, out->data.data() + i * out->row_bytes);
    if (!beside.ok()) return beside.error();
    out->keep(i, beside.value());
  }
  return QuantizedVectors(std::move(out));
}

Dtype QuantizedVectors::dtype() const { return impl_->dtype; }
std::size_t QuantizedVectors::dim() const { return impl_->dim; }
std::size_t QuantizedVectors::count() const { return impl_->count; }
std::span<const std::uint8_t> QuantizedVectors::data() const { return impl_->data; }
std::size_t QuantizedVectors::row_bytes() const { return impl_->row_bytes; }
std::span<const float> QuantizedVectors::scales() const { return impl_->scales; }
std::size_t QuantizedVectors::nbytes() const { return impl_->data.size() + impl_->scales.size() * sizeof(float); }

void QuantizedVectors::dequantize_row(std::size_t row, std::span<float> out) const {
  restore_row(impl_->dtype, impl_->row(row), impl_->dim, impl_->scale(row), out.data());
}

std::string QuantizedVectors::to_bytes() const {
  std::string shape;
  shape.push_back(static_cast<char>(impl_->dtype));
  bytes::put_u32(shape, static_cast<std::uint32_t>(impl_->dim));
  bytes::put_u64(shape, impl_->count);
  const auto raw = [](const auto& items) {
    return std::string_view(reinterpret_cast<const char*>(items.data()), items.size() * sizeof items[0]);
  };
  const std::array<std::string_view, kSections> sections{shape, raw(impl_->data), raw(impl_->scales)};
  return write_sections(kKind, sections);
}

Result<QuantizedVectors> QuantizedVectors::from_bytes(std::string_view data) {
  const auto opened = open_sections(kKind, data, true);
  if (!opened.ok()) return opened.error();
  const auto& parts = opened.value();
  const auto damaged = [&](Section section) { return damaged_section(kKind, data, parts[section], section); };
  bytes::Reader in(parts[kShape]);
  const std::uint8_t type = in.u8();
  const std::uint32_t dim = in.u32();
  const std::uint64_t count = in.u64();
  if (in.bad() || !in.done() || type < 1 || type > static_cast<std::uint8_t>(Dtype::binary) || dim > kWholeLimit) {
    return damaged(kShape);
  }
  const auto dtype = static_cast<Dtype>(type);
  const std::size_t row = stored_bytes(dtype, dim), all = parts[kData].size();
  if (row == 0 ? all != 0 || count != 0 : all % row != 0 || all / row != count) return damaged(kData);
  if (parts[kScales].size() != (dtype == Dtype::int8 ? count * sizeof(float) : 0)) return damaged(kScales);
  auto out = std::make_shared<Impl>(dtype, dim, static_cast<std::size_t>(count));
  if (all > 0) std::memcpy(out->data.data(), parts[kData].data(), all);
  if (!out->scales.empty()) std::memcpy(out->scales.data(), parts[kScales].data(), parts[kScales].size());
  for (std::size_t i = 0; i < out->count; ++i) {
    const float scale = out->scale(i);
    if (!(scale >= 0.0F) || !std::isfinite(scale) || std::signbit(scale)) return damaged(kScales);
    if (!sound_row(dtype, out->row(i), dim)) return damaged(kData);
    out->keep(i, beside_row(dtype, out->row(i), dim, scale));
  }
  return QuantizedVectors(std::move(out));
}

Error rescore_needs_quantized() { return {ErrorCode::invalid_argument, "rescore needs a corpus that quantize() made"}; }

Result<std::uint64_t> hamming_distance(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  if (a.size() != b.size()) {
    return Error{ErrorCode::length_mismatch,
                 "Vector length mismatch: " + std::to_string(a.size()) + " vs " + std::to_string(b.size())};
  }
  std::uint64_t out = 0;
  constexpr std::size_t kPart = std::size_t{1} << 20;  // a sum of 32 bits
  for (std::size_t i = 0; i < a.size(); i += kPart) {
    const std::uint8_t* row = b.data() + i;
    std::uint32_t sum = 0;
    differing_bits(a.data() + i, &row, 1, std::min(kPart, a.size() - i), &sum);
    out += sum;
  }
  return out;
}

Result<std::vector<std::vector<Neighbour>>> top_k(const Matrix& queries, const QuantizedVectors& corpus,
                                                  const TopKOptions& options, const RowFilter* filter,
                                                  const Matrix* rescore, std::int64_t oversample) {
  const QuantizedVectors::Impl& rows = *corpus.impl_;
  const auto fine = refused(queries, rows.count, rows.dim, options, rescore, oversample);
  if (!fine.ok()) return fine.error();
  const auto score = score_of(rows.dtype, options.metric);
  if (!score.ok()) return score.error();
  const std::size_t candidates = filter != nullptr ? filter->rows().size() : rows.count;
  const auto plan = planned_threads(options.threads, queries.rows * candidates * rows.dim);
  if (!plan.ok()) return plan.error();
  const auto asked = stored(queries, rows.dtype);
  if (!asked.ok()) return asked.error();

  std::vector<std::uint64_t> mask(filter != nullptr ? rows.count / kBlock + 1 : 0);
  for (std::size_t i = 0; filter != nullptr && i < candidates; ++i) {
    mask[filter->rows()[i] / kBlock] |= std::uint64_t{1} << filter->rows()[i] % kBlock;
  }
  auto k = std::min(static_cast<std::uint64_t>(options.k), std::uint64_t{candidates});
  if (rescore != nullptr) {
    const auto more = static_cast<std::uint64_t>(oversample);
    k = k > candidates / more ? candidates : k * more;
  }
  const bool distance = score.value() == Score::euclidean || score.value() == Score::squared_euclidean;
  const StoredRun run = rows.run();
  const Scan job{rows.dtype,
                 rows.dim,
                 score.value(),
                 distance,
                 rescore != nullptr ? std::nullopt : options.threshold,
                 static_cast<std::size_t>(k),
                 {&run, 1},
                 filter != nullptr ? mask.data() : nullptr};
  auto out = scan(job, asked.value(), plan.value());
  for (std::size_t i = 0; rescore != nullptr && i < queries.rows; ++i) {
    out[i] = ranked(queries.row(i), out[i], *rescore, options, score.value());
  }
  return out;
}

Result<bool> similarity_matrix(const Matrix& queries, const QuantizedVectors& corpus, bool normalize,
                               std::int64_t threads, std::span<float> out) {
  const QuantizedVectors::Impl& rows = *corpus.impl_;
  const auto fit = same_dimension(queries, {nullptr, rows.count, rows.dim});
  if (!fit.ok()) return fit.error();
  const auto score = score_of(rows.dtype, normalize ? Metric::cosine : Metric::dot);
  if (!score.ok()) return score.error();
  const auto plan = planned_threads(threads, queries.rows * rows.count * rows.dim);
  if (!plan.ok()) return plan.error();
  const auto asked = stored(queries, rows.dtype);
  if (!asked.ok()) return asked.error();
  const std::span<const StoredQuery> all = asked.value();
  parallel_for((rows.count + kBlock - 1) / kBlock, plan.value(), [&](std::size_t begin, std::size_t end) {
    std::vector<float> scratch;
    StoredBlock block;
    float scores[kQueriesAtOnce * kBlock];
    for (std::size_t b = begin; b < end; ++b) {
      const std::size_t first = b * kBlock;
      block.count = std::min(kBlock, rows.count - first);
      for (std::size_t j = 0; j < block.count; ++j) {
        block.rows[j] = rows.row(first + j);
        block.scales[j] = rows.scale(first + j);
        block.squares[j] = rows.squares.empty() ? 0 : rows.squares[first + j];
      }
      for (std::size_t q = 0; q < all.size(); q += kQueriesAtOnce) {
        const std::size_t height = std::min(kQueriesAtOnce, all.size() - q);
        score_stored(score.value(), all.subspan(q, height), block, scratch, scores);
        for (std::size_t h = 0; h < height; ++h) {
          std::memcpy(out.data() + (q + h) * rows.count + first, scores + h * kBlock, block.count * sizeof(float));
        }
      }
    }
  });
  return true;
}

}  // namespace paritas
