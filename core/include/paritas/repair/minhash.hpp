#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

enum class ShingleKind : std::uint8_t { word, character };
/// Errors: `invalid_argument` for another word than "word" and "char"
Result<ShingleKind> shingle_kind(std::string_view word);

struct MinHashOptions {
  std::int64_t num_perm = 128;  ///< places of a signature, 1 to 65536
  std::int64_t seed = 1;        ///< of the permutations; signatures of different seeds cannot be compared
  std::int64_t k = 3;           ///< words or characters in a shingle, 1 to 1000
  ShingleKind shingle = ShingleKind::word;
};

/// Signatures of texts whose places agree as often as the sets of shingles overlap: the estimate of their Jaccard likeness.
///
/// Shingles: each k words (runs of letters and digits, simple lower case) in a row, or each k code points of the normal form
///           of repair/dedup.hpp; of a shorter text all of it; x = XXH3-64 of one.
/// Place i:  the minimum over all x of the high 32 bits of (a_i * x + b_i) mod 2^64, where SplitMix64 from `seed` draws a_i
///           (with its lowest bit set) and b_i in turn; 0xFFFFFFFF where there is no shingle.
/// Error:    the standard deviation of an estimate of s is sqrt(s * (1 - s) / num_perm), 0.035 at s = 0.8 of 128 places.
/// Source:   Broder, On the resemblance and containment of documents, 1997.
/// Threads:  signatures of one object may be made by many; update and merge by one.
class MinHash {
 public:
  /// Errors: `invalid_argument` for num_perm or k out of range
  static Result<MinHash> create(const MinHashOptions& options = {});
  MinHash(MinHash&&) noexcept;
  MinHash& operator=(MinHash&&) noexcept;
  ~MinHash();

  [[nodiscard]] const MinHashOptions& options() const noexcept;
  [[nodiscard]] std::size_t num_perm() const noexcept;
  /// out: num_perm places
  void signature(std::string_view text, std::span<std::uint32_t> out) const;
  /// out: as many rows of num_perm places; threads: 0 for all cores
  void signatures(std::span<const std::string_view> texts, std::span<std::uint32_t> out, std::size_t threads = 0) const;

  /// Adds the shingles of a text to the sketch of this object.
  void update(std::string_view text);
  /// Adds all that another sketch has seen. Errors: `invalid_argument` for one with other options
  Result<bool> merge(const MinHash& other);
  /// The signature of all that was added.
  [[nodiscard]] std::span<const std::uint32_t> digest() const noexcept;

 private:
  struct Impl;
  explicit MinHash(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

/// Equal places over all of two signatures: 1 for two of empty texts or without places, 0 where one text is empty.
/// Errors: `length_mismatch`
Result<double> minhash_jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace paritas
