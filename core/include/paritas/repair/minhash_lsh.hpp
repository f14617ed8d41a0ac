#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

struct MinHashLshOptions {
  double threshold = 0.8;  ///< 0 to 1: the likeness from which texts shall be found; chooses the rows of a band
  std::int64_t num_perm = 128;
  std::optional<std::int64_t> bands = std::nullopt;  ///< one that is not given follows from the other
  std::optional<std::int64_t> rows = std::nullopt;
};

/// Bands and the rows of each. Texts of likeness s share a band with the chance 1 - (1 - s^rows)^bands.
struct BandShape {
  std::size_t places, bands, rows;
};
/// Errors: `invalid_argument` for a threshold or number out of range, or bands * rows above num_perm
Result<BandShape> band_shape(const MinHashLshOptions& options);

/// Finds MinHash signatures that agree in all rows of at least one band.
///
/// Key of band j: XXH3-64 with seed j of its rows as little-endian u32.
/// Memory:  about 12 bytes a band and signature, beside a table.
/// Source:  Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, section 3.4.
class MinHashLsh {
 public:
  static Result<MinHashLsh> create(const MinHashLshOptions& options = {});
  MinHashLsh(MinHashLsh&&) noexcept;
  MinHashLsh& operator=(MinHashLsh&&) noexcept;
  ~MinHashLsh();

  [[nodiscard]] const BandShape& shape() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] bool contains(std::int64_t id) const;

  /// Errors: `length_mismatch` for a signature of another length, `duplicate_key` for an id that is there
  Result<bool> insert(std::int64_t id, std::span<const std::uint32_t> signature);
  /// The ids that share a band, ascending. Errors: `length_mismatch`
  Result<std::vector<std::int64_t>> query(std::span<const std::uint32_t> signature) const;
  /// Errors: `not_found`
  Result<bool> remove(std::int64_t id);
  /// Errors: `length_mismatch`
  Result<std::vector<std::uint64_t>> band_keys(std::span<const std::uint32_t> signature) const;

  /// The same bytes for the same contents, in the form of base/sections.hpp: "PMLS", version 1.
  [[nodiscard]] std::string to_bytes() const;
  /// Errors: `corrupt_data` for any other bytes
  static Result<MinHashLsh> from_bytes(std::string_view data);

 private:
  struct Impl;
  explicit MinHashLsh(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
