#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "paritas/vectors/quantize.hpp"
#include "scores.hpp"

namespace paritas {

// Rows as a quantised corpus or an index keeps them: their values in the form of a Dtype.

/// What stands beside a row: what comparing it needs besides.
struct Beside {
  float scale = 0.0F;        // of int8
  std::uint32_t square = 0;  // the bits of S_vv in float32; of int8 the sum of the squared whole numbers; 0 of binary
};

std::size_t stored_bytes(Dtype dtype, std::size_t dim) noexcept;

/// Writes one vector. Errors: `not_finite`, `out_of_range`; the offset is `row`.
Result<Beside> store_row(Dtype dtype, const float* vector, std::size_t dim, std::size_t row, std::uint8_t* out);
/// What store_row gave, from what it wrote; `scale` is known.
Beside beside_row(Dtype dtype, const std::uint8_t* stored, std::size_t dim, float scale);
void restore_row(Dtype dtype, const std::uint8_t* stored, std::size_t dim, float scale, float* out);
/// Whether store_row could have written these bytes: no whole number is -128, no bit stands behind the last one.
bool sound_row(Dtype dtype, const std::uint8_t* stored, std::size_t dim) noexcept;

/// A query in the form of the rows that it is compared with.
class StoredQuery {
 public:
  /// Errors: as store_row.
  static Result<StoredQuery> make(Dtype dtype, const float* vector, std::size_t dim, std::size_t row);

  Dtype dtype;
  std::size_t dim;
  std::vector<float> values;  // float32, and float16 widened; of binary the score for each number of differing bits
  std::vector<std::int16_t> whole;  // int8, with zeros behind
  std::vector<std::uint8_t> bits;   // binary
  Beside beside;
};

/// Up to kBlock rows, wherever they lie.
struct StoredBlock {
  const std::uint8_t* rows[kBlock];
  float scales[kBlock];           // of int8
  std::uint32_t squares[kBlock];  // of all but binary
  std::size_t count = 0;
};

inline constexpr std::size_t kQueriesAtOnce = 8;

/// The scores of all rows for up to kQueriesAtOnce queries, out[query * kBlock + row]: for float32, and for the widened
/// halves of float16, the bits of the functions on pairs; for the others those that QuantizedVectors promises.
/// scratch: kept between calls. The caller holds a FloatState.
void score_stored(Score score, std::span<const StoredQuery> queries, const StoredBlock& block,
                  std::vector<float>& scratch, float* out);

/// Contiguous rows; the first of them has a number that is a multiple of kBlock.
struct StoredRun {
  const std::uint8_t* data = nullptr;
  const float* scales = nullptr;           // none but for int8
  const std::uint32_t* squares = nullptr;  // none for binary
  std::size_t first = 0;
  std::size_t count = 0;
};

struct Scan {
  Dtype dtype;
  std::size_t dim;
  Score score;
  bool negate = false;
  std::optional<double> threshold;
  std::size_t k;
  std::span<const StoredRun> runs;      // in ascending order
  const std::uint64_t* mask = nullptr;  // a bit for each number: which rows are looked at; none for all
};

/// The k best rows for each query: score descending, ties to the lower number. Every block of rows is read from memory
/// once for all queries; `threads` ranges of rows have a best of their own each, and no cut leaves a trace.
std::vector<std::vector<Neighbour>> scan(const Scan& job, std::span<const StoredQuery> queries, std::size_t threads);

}  // namespace paritas
