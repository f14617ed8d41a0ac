#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "paritas/base/result.hpp"
#include "paritas/vectors/matrix.hpp"
#include "paritas/vectors/topk.hpp"

namespace paritas {

/// How the values of a vector are kept.
enum class Dtype : std::uint8_t { float32, float16, int8, binary };

/// "float32", "float16", "int8", "binary"; others have no place in `allowed`. Errors: `invalid_argument`.
Result<Dtype> parse_dtype(std::string_view name, bool float32_too);
std::string_view name(Dtype dtype) noexcept;

/// Vectors in fewer bits, which are compared as they are:
///
/// int8:    scale = max(abs(v)) / 127 for each vector, q = v / scale to the nearest whole number, ties to even; scale 0
///          and zeros where the quotient vanishes. dot = t * (scale_a * scale_b) and cosine = t / sqrt(aa * bb) of the
///          exact sums of whole numbers; squared distance = aa * sa^2 + bb * sb^2 - 2 * t * sa * sb in float64.
/// float16: IEEE half floats, to the nearest, ties to even, denormals kept; computed as the float32 they are.
/// binary:  bit 1 for v > 0, the first value in the top bit of byte 0, zeros behind the last; cosine =
///          (dim - 2 * h) / dim for h differing bits, and no other metric.
/// Memory:  owns its data. Threads: never changes after it is made.
class QuantizedVectors {
 public:
  QuantizedVectors(QuantizedVectors&&) noexcept;
  QuantizedVectors& operator=(QuantizedVectors&&) noexcept;
  ~QuantizedVectors();

  /// Errors: `corrupt_data`, with the offset, for bytes that to_bytes did not write.
  static Result<QuantizedVectors> from_bytes(std::string_view data);

  [[nodiscard]] Dtype dtype() const;
  [[nodiscard]] std::size_t dim() const;
  [[nodiscard]] std::size_t count() const;
  /// Rows one after the other: int8, halves of 2 bytes, or (dim + 7) / 8 bytes of bits.
  [[nodiscard]] std::span<const std::uint8_t> data() const;
  [[nodiscard]] std::size_t row_bytes() const;
  /// One for each row of int8, none otherwise.
  [[nodiscard]] std::span<const float> scales() const;
  /// Bytes of data and scales.
  [[nodiscard]] std::size_t nbytes() const;

  /// The values of one row that the bits stand for: q * scale, the halves, or 1 and -1.
  void dequantize_row(std::size_t row, std::span<float> out) const;
  [[nodiscard]] std::string to_bytes() const;

 private:
  struct Impl;
  explicit QuantizedVectors(std::shared_ptr<const Impl> impl);
  friend Result<QuantizedVectors> quantize(const Matrix& vectors, Dtype dtype);
  friend Result<std::vector<std::vector<Neighbour>>> top_k(const Matrix& queries, const QuantizedVectors& corpus,
                                                           const TopKOptions& options, const RowFilter* filter,
                                                           const Matrix* rescore, std::int64_t oversample);
  friend Result<bool> similarity_matrix(const Matrix& queries, const QuantizedVectors& corpus, bool normalize,
                                        std::int64_t threads, std::span<float> out);
  std::shared_ptr<const Impl> impl_;
};

/// Errors: `not_finite` for NaN and infinities in int8, `out_of_range` for what would be infinite in float16, each with
///         its row; `invalid_argument` for rows without values; `limit_exceeded` for more than 131,072 in a row.
Result<QuantizedVectors> quantize(const Matrix& vectors, Dtype dtype);

/// How many bits differ. Errors: `length_mismatch`.
Result<std::uint64_t> hamming_distance(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

inline constexpr std::int64_t kOversample = 4;

/// The error of asking to rescore a corpus that is not quantised.
Error rescore_needs_quantized();

/// The k best rows for each query, which is quantised as the rows are.
///
/// rescore: the vectors that were quantised: the best k * oversample rows are ranked anew by their exact scores, and the
///          threshold applies to these.
/// Errors:  as top_k of a matrix; as quantize, for the queries; `invalid_argument` for binary rows with another metric
///          than cosine and for oversample below 1; `length_mismatch` where rescore has other rows.
Result<std::vector<std::vector<Neighbour>>> top_k(const Matrix& queries, const QuantizedVectors& corpus,
                                                  const TopKOptions& options, const RowFilter* filter = nullptr,
                                                  const Matrix* rescore = nullptr,
                                                  std::int64_t oversample = kOversample);

/// Every query against every row: cosines, or dot products. Errors: as top_k.
Result<bool> similarity_matrix(const Matrix& queries, const QuantizedVectors& corpus, bool normalize,
                               std::int64_t threads, std::span<float> out);

}  // namespace paritas
