#include "stored.hpp"

#include <cmath>
#include <cstring>
#include <string>

#include "base/float_state.hpp"
#include "finish.hpp"
#include "stored_kernels.hpp"

namespace paritas {
namespace {

std::uint32_t bits_of(float value) { return __builtin_bit_cast(std::uint32_t, value); }
float float_of(std::uint32_t bits) { return __builtin_bit_cast(float, bits); }

// To the nearest half, ties to even; the caller has looked at values that would become infinite.
std::uint16_t half_of(float value) {
  const std::uint32_t bits = bits_of(value), size = bits & 0x7FFF'FFFFU;
  const std::uint32_t sign = bits >> 16 & 0x8000U;
  if (size > 0x7F80'0000U) return 0x7E00;                                       // the one NaN
  if (size >= 0x7F80'0000U) return static_cast<std::uint16_t>(sign | 0x7C00U);  // infinite before
  if (size < 0x3880'0000U) {  // below 2^-14: adding 0.5 leaves just the bits of a denormal half
    const std::uint32_t shifted = bits_of(float_of(size) + 0.5F) - 0x3F00'0000U;
    return static_cast<std::uint16_t>(sign | shifted);
  }
  const std::uint32_t odd = size >> 13 & 1U;
  return static_cast<std::uint16_t>(sign | (size - 0x3800'0000U + 0xFFFU + odd) >> 13);
}

Error not_finite(std::size_t row) {
  return {ErrorCode::not_finite, "row " + std::to_string(row) + " must have neither NaN nor infinities", row};
}

Result<Beside> store_whole(const float* vector, std::size_t dim, std::size_t row, std::uint8_t* out) {
  const FloatState full;
  float largest = 0.0F;
  bool finite = true;
  for (std::size_t i = 0; i < dim; ++i) {
    const float size = std::fabs(vector[i]);
    finite = finite && size <= 3.4028235e38F;
    largest = std::max(largest, size);
  }
  if (!finite) return not_finite(row);
  Beside beside{largest / 127.0F, 0};
  if (beside.scale == 0.0F) {
    std::memset(out, 0, dim);
    return beside;
  }
  for (std::size_t i = 0; i < dim; ++i) {
    const float quotient = std::max(-127.0F, std::min(127.0F, vector[i] / beside.scale));
    const float rounded = quotient + 0x1.8p23F - 0x1.8p23F;  // to the nearest whole number, ties to even
    const auto whole = static_cast<std::int32_t>(rounded);
    out[i] = static_cast<std::uint8_t>(static_cast<std::int8_t>(whole));
    beside.square += static_cast<std::uint32_t>(whole * whole);
  }
  return beside;
}

Result<Beside> store_half(const float* vector, std::size_t dim, std::size_t row, std::uint8_t* out) {
  const FloatState full;
  for (std::size_t i = 0; i < dim; ++i) {
    const float size = std::fabs(vector[i]);
    if (size >= 65520.0F && std::isfinite(size)) {
      return Error{ErrorCode::out_of_range,
                   "row " + std::to_string(row) + ", column " + std::to_string(i) + " must fit into a 16-bit float",
                   row};
    }
    const std::uint16_t half = half_of(vector[i]);
    std::memcpy(out + 2 * i, &half, 2);
  }
  return beside_row(Dtype::float16, out, dim, 0.0F);
}

const float* as_floats(const std::uint8_t* stored) { return reinterpret_cast<const float*>(stored); }
const std::uint16_t* as_halves(const std::uint8_t* stored) { return reinterpret_cast<const std::uint16_t*>(stored); }

// ---- scores

void score_floats(Score score, std::span<const StoredQuery> queries, const float* const* rows, const StoredBlock& block,
                  float* out) {
  const float* vectors[kQueriesAtOnce];
  float vector_squares[kQueriesAtOnce], row_squares[kBlock];
  for (std::size_t q = 0; q < queries.size(); ++q) {
    vectors[q] = queries[q].values.data();
    vector_squares[q] = float_of(queries[q].beside.square);
  }
  std::memcpy(row_squares, block.squares, block.count * sizeof(float));
  score_tile(score, vectors, vector_squares, queries.size(), rows, row_squares, block.count, queries[0].dim, out,
             kBlock);
}

void score_halves(Score score, const StoredQuery& query, const StoredBlock& block, std::vector<float>& scratch,
                  float* out) {
  const std::uint16_t* rows[kBlock];
  const float* vector = query.values.data();
  const std::size_t n = query.dim;
  for (std::size_t j = 0; j < block.count; ++j) rows[j] = as_halves(block.rows[j]);
  const bool distance = score == Score::euclidean || score == Score::squared_euclidean;
  if (distance) {
    halves_distances(vector, rows, block.count, n, out);
  } else {
    halves_dots(vector, rows, block.count, n, out);
  }
  const auto row = [&](std::size_t j) {  // for the rare sums that need the values again
    scratch.resize(std::max(scratch.size(), n));
    widen_halves(rows[j], n, scratch.data());
    return scratch.data();
  };
  const float square = float_of(query.beside.square);
  for (std::size_t j = 0; j < block.count; ++j) {
    const float sum = out[j], other = float_of(block.squares[j]);
    if (score == Score::dot) {
      out[j] = std::isfinite(sum) ? sum : finish_dot(sum, vector, row(j), n);
    } else if (distance) {
      const float* values = normal(sum) ? nullptr : row(j);
      out[j] =
          score == Score::euclidean ? finish_euclidean(sum, vector, values, n) : finish_squared(sum, vector, values, n);
    } else {
      const float* values = normal(square) && normal(other) ? nullptr : row(j);
      out[j] = cosine_score(finish_cosine({sum, square, other}, vector, values, n));
    }
  }
}

float whole_score(Score score, std::int32_t t, const Beside& a, const Beside& b) {
  const double dot = t, aa = a.square, bb = b.square;
  if (score == Score::dot) return t == 0 ? 0.0F : static_cast<float>(t) * (a.scale * b.scale) + 0.0F;  // never -0
  const double sa = a.scale, sb = b.scale;
  const double distance = std::max(0.0, (aa * (sa * sa) + bb * (sb * sb)) - 2.0 * (dot * (sa * sb)));
  return static_cast<float>(score == Score::euclidean ? std::sqrt(distance) : distance);
}

void score_whole(Score score, const StoredQuery& query, const StoredBlock& block, float* out) {
  const std::int8_t* rows[kBlock];
  std::int32_t dots[kBlock];
  for (std::size_t j = 0; j < block.count; ++j) rows[j] = reinterpret_cast<const std::int8_t*>(block.rows[j]);
  whole_dots(query.whole.data(), rows, block.count, query.dim, dots);
  if (score == Score::cosine) return whole_cosines(dots, query.beside.square, block.squares, block.count, out);
  for (std::size_t j = 0; j < block.count; ++j) {
    out[j] = whole_score(score, dots[j], query.beside, {block.scales[j], block.squares[j]});
  }
}

void score_bits(const StoredQuery& query, const StoredBlock& block, float* out) {
  std::uint32_t differing[kBlock];
  differing_bits(query.bits.data(), block.rows, block.count, query.bits.size(), differing);
  for (std::size_t j = 0; j < block.count; ++j) out[j] = query.values[differing[j]];
}

}  // namespace

std::size_t stored_bytes(Dtype dtype, std::size_t dim) noexcept {
  return dtype == Dtype::float32   ? dim * 4
         : dtype == Dtype::float16 ? dim * 2
         : dtype == Dtype::int8    ? dim
                                   : (dim + 7) / 8;
}

Result<Beside> store_row(Dtype dtype, const float* vector, std::size_t dim, std::size_t row, std::uint8_t* out) {
  if (dtype == Dtype::int8) return store_whole(vector, dim, row, out);
  if (dtype == Dtype::float16) return store_half(vector, dim, row, out);
  if (dtype == Dtype::float32) {
    if (dim > 0) std::memcpy(out, vector, dim * sizeof(float));
    return beside_row(dtype, out, dim, 0.0F);
  }
  std::memset(out, 0, stored_bytes(dtype, dim));
  const FloatState full;  // the least denormal is above 0
  for (std::size_t i = 0; i < dim; ++i) {
    if (vector[i] > 0.0F) out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | 0x80U >> i % 8);
  }
  return Beside{};
}

Beside beside_row(Dtype dtype, const std::uint8_t* stored, std::size_t dim, float scale) {
  const FloatState full;
  Beside out{scale, 0};
  if (dtype == Dtype::float32) {
    out.square = bits_of(one_nan(square_of(as_floats(stored), dim)));
  } else if (dtype == Dtype::float16) {
    std::vector<float> values(dim);
    widen_halves(as_halves(stored), dim, values.data());
    out.square = bits_of(one_nan(square_of(values.data(), dim)));
  } else if (dtype == Dtype::int8) {
    for (std::size_t i = 0; i < dim; ++i) {
      const std::int32_t whole = static_cast<std::int8_t>(stored[i]);
      out.square += static_cast<std::uint32_t>(whole * whole);
    }
  }
  return out;
}

void restore_row(Dtype dtype, const std::uint8_t* stored, std::size_t dim, float scale, float* out) {
  const FloatState full;
  if (dtype == Dtype::float32) {
    if (dim > 0) std::memcpy(out, stored, dim * sizeof(float));
  } else if (dtype == Dtype::float16) {
    widen_halves(as_halves(stored), dim, out);
    for (std::size_t i = 0; i < dim; ++i) out[i] = one_nan(out[i]);
  } else if (dtype == Dtype::int8) {
    for (std::size_t i = 0; i < dim; ++i) out[i] = static_cast<float>(static_cast<std::int8_t>(stored[i])) * scale;
  } else {
    for (std::size_t i = 0; i < dim; ++i) out[i] = (stored[i / 8] & 0x80U >> i % 8) != 0 ? 1.0F : -1.0F;
  }
}

bool sound_row(Dtype dtype, const std::uint8_t* stored, std::size_t dim) noexcept {
  if (dtype == Dtype::int8) {
    for (std::size_t i = 0; i < dim; ++i) {
      if (stored[i] == 0x80) return false;
    }
  }
  return dtype != Dtype::binary || dim % 8 == 0 || (stored[dim / 8] & 0xFFU >> dim % 8) == 0;
}

Result<StoredQuery> StoredQuery::make(Dtype dtype, const float* vector, std::size_t dim, std::size_t row) {
  StoredQuery out{dtype, dim, {}, {}, {}, {}};
  const FloatState full;
  if (dtype == Dtype::float32) {
    out.values.assign(vector, vector + dim);
    out.beside = beside_row(dtype, reinterpret_cast<const std::uint8_t*>(vector), dim, 0.0F);
    return out;
  }
  std::vector<std::uint8_t> stored(stored_bytes(dtype, dim) + 1);
  const auto beside = store_row(dtype, vector, dim, row, stored.data());
  if (!beside.ok()) return beside.error();
  out.beside = beside.value();
  stored.pop_back();
  if (dtype == Dtype::float16) {
    out.values.resize(dim);
    widen_halves(as_halves(stored.data()), dim, out.values.data());
  } else if (dtype == Dtype::int8) {
    out.whole.resize((dim + kWholePadding - 1) / kWholePadding * kWholePadding);
    for (std::size_t i = 0; i < dim; ++i) out.whole[i] = static_cast<std::int8_t>(stored[i]);
  } else {
    out.bits = std::move(stored);
    out.values.resize(dim + 1);
    const auto all = static_cast<double>(dim);
    for (std::size_t h = 0; h <= dim; ++h) {
      out.values[h] = static_cast<float>((all - 2.0 * static_cast<double>(h)) / all);
    }
  }
  return out;
}

void score_stored(Score score, std::span<const StoredQuery> queries, const StoredBlock& block,
                  std::vector<float>& scratch, float* out) {
  const Dtype dtype = queries[0].dtype;
  const std::size_t n = queries[0].dim;
  if (dtype == Dtype::float32 || (dtype == Dtype::float16 && queries.size() > 1)) {
    const float* rows[kBlock];
    if (dtype == Dtype::float16) scratch.resize(std::max(scratch.size(), kBlock * n));
    for (std::size_t j = 0; j < block.count; ++j) {
      rows[j] = dtype == Dtype::float16 ? scratch.data() + j * n : as_floats(block.rows[j]);
      if (dtype == Dtype::float16) widen_halves(as_halves(block.rows[j]), n, scratch.data() + j * n);
    }
    return score_floats(score, queries, rows, block, out);
  }
  for (std::size_t q = 0; q < queries.size(); ++q, out += kBlock) {
    if (dtype == Dtype::float16) {
      score_halves(score, queries[q], block, scratch, out);
    } else if (dtype == Dtype::int8) {
      score_whole(score, queries[q], block, out);
    } else {
      score_bits(queries[q], block, out);
    }
  }
}

}  // namespace paritas
