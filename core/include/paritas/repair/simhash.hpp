#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

/// Fingerprints of 64 bits that differ in few of them when texts share most shingles.
///
/// Bit i is set iff more shingles (each k words in a row, as in minhash.hpp, repeated ones too) have it set in their XXH3-64
/// than have not; 0 for a text without words.
/// Source: Charikar, Similarity estimation techniques from rounding algorithms, 2002.
class SimHash {
 public:
  /// Errors: `invalid_argument` for k outside 1 to 1000
  static Result<SimHash> create(std::int64_t k = 3);
  [[nodiscard]] std::uint64_t hash(std::string_view text) const;
  /// out: one for each text; threads: 0 for all cores
  void hashes(std::span<const std::string_view> texts, std::span<std::uint64_t> out, std::size_t threads = 0) const;

 private:
  explicit SimHash(std::size_t k) noexcept : k_(k) {}
  std::size_t k_;
};

/// How many bits differ.
constexpr int simhash_hamming(std::uint64_t a, std::uint64_t b) noexcept { return __builtin_popcountll(a ^ b); }

/// Finds all fingerprints within a distance: the bits are cut into max_distance + 1 groups, of which one is equal then.
/// For small distances: from 8 on a group is so short that most fingerprints are looked at.
class SimHashIndex {
 public:
  /// Errors: `invalid_argument` for max_distance outside 0 to 31
  static Result<SimHashIndex> create(std::int64_t max_distance = 3);
  SimHashIndex(SimHashIndex&&) noexcept;
  SimHashIndex& operator=(SimHashIndex&&) noexcept;
  ~SimHashIndex();

  [[nodiscard]] std::size_t max_distance() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] bool contains(std::int64_t id) const;
  /// Errors: `duplicate_key` for an id that is there
  Result<bool> insert(std::int64_t id, std::uint64_t hash);
  /// The ids within max_distance, ascending.
  [[nodiscard]] std::vector<std::int64_t> query(std::uint64_t hash) const;
  /// Errors: `not_found`
  Result<bool> remove(std::int64_t id);

 private:
  struct Impl;
  explicit SimHashIndex(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
