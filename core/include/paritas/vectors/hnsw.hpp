#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/vectors/matrix.hpp"
#include "paritas/vectors/metric.hpp"

namespace paritas {

struct HnswOptions {
  std::int64_t dimension = 0;            // 1 to 65,536
  std::int64_t max_elements = 100'000;   // what other libraries must know; this one grows as it needs
  std::int64_t m = 16;                   // links of a vector on upper layers, 2 to 256; twice as many on layer 0
  std::int64_t ef_construction = 200;    // how many candidates new links are chosen from
  std::int64_t ef_search = 50;           // how many candidates a search keeps
  std::string_view metric = "cosine";    // as parse_metric
  std::uint64_t seed = 0;                // of the levels
  std::string_view storage = "float32";  // how vectors are kept
  std::int64_t exact_below = 2048;       // with fewer live vectors a search compares all
};

struct HnswHit {
  std::int64_t id;
  float distance;
};

struct HnswSearch {
  std::int64_t k = 10;
  std::optional<std::int64_t> ef;                             // none: ef_search
  std::optional<std::span<const std::int64_t>> filter_ids;    // only these; unknown ones count for nothing
  const std::function<bool(std::int64_t)>* filter = nullptr;  // only what it lets through; asked at most once for an id
};

/// How add_batch tells how far it is: done of total; false stops it.
using HnswProgress = std::function<bool(std::size_t done, std::size_t total)>;

struct HnswStats {
  std::size_t count, holes, layers;
  std::size_t vector_bytes, link_bytes, id_bytes, metadata_bytes;
  bool exact;  // whether a search without a filter compares all
};

/// An approximate index of the nearest vectors: a navigable small world in layers (Malkov and Yashunin, 2018), built the
/// same, byte for byte, for any number of threads and on every target.
///
/// Ids are whole numbers from 0 on. Distances are those of cosine_distance, euclidean_distance, squared_euclidean or
/// -dot_product, bit for bit; ties go to the earlier insertion. An upsert is a removal and an insertion.
/// Memory:  owns all it needs, or reads a file in place until the first change (from_bytes with an owner).
/// Threads: any number of searches together; what changes the index excludes them, add_batch round by round.
class HnswIndex {
 public:
  /// Errors: `invalid_argument` for an option out of its range.
  static Result<HnswIndex> create(const HnswOptions& options);
  HnswIndex(HnswIndex&&) noexcept;
  HnswIndex& operator=(HnswIndex&&) noexcept;
  ~HnswIndex();

  /// Adds a vector, or replaces the one with this id. id: none takes 1 + the largest so far. Returns the id.
  /// Errors: `length_mismatch`, "Vector dimension 3 != index dimension 4"; `not_finite`; `invalid_argument` for an id below
  ///         0. The index is unchanged after any error.
  Result<std::int64_t> add(std::span<const float> vector, std::optional<std::int64_t> id = std::nullopt,
                           std::optional<std::string_view> metadata = std::nullopt);
  /// Adds rows in rounds: those of a round find their links at once, on as many threads as are asked for (0: all cores), and
  /// see the rows before them.
  ///
  /// ids, metadatas: as many as rows, or none at all.
  /// progress:  called after each round, with no lock held; false stops there, and what was added so far stays. Searches and
  ///            changes from elsewhere may come between rounds.
  /// Returns:   the ids of what was added: all, or the first ones when progress stopped it.
  /// Errors:    as add, and `invalid_argument` for ids of another count or one twice; nothing is added then.
  Result<std::vector<std::int64_t>> add_batch(const Matrix& vectors, std::optional<std::span<const std::int64_t>> ids,
                                              std::span<const std::optional<std::string_view>> metadatas,
                                              std::int64_t threads = 0, const HnswProgress* progress = nullptr);
  /// The nearest: distance ascending, then order of insertion; min(k, live ids that pass) of them.
  /// Errors: `length_mismatch`, `not_finite`; `invalid_argument` for k below 0 or ef below 1.
  Result<std::vector<HnswHit>> search(std::span<const float> query, const HnswSearch& options) const;
  /// The same for each row of the queries, on threads (0: all cores) unless there is a filter that is a function.
  Result<std::vector<std::vector<HnswHit>>> search_batch(const Matrix& queries, const HnswSearch& options,
                                                         std::int64_t threads = 0) const;
  /// False for an id that is not there. Errors: `corrupt_data`, as for every change, when the index reads a file in place
  /// that was not verified and its links are damaged.
  Result<bool> remove(std::int64_t id);
  /// Builds the graph anew in the order of insertion and gives memory back; approximate results may change.
  Result<bool> compact(std::int64_t threads = 0);

  [[nodiscard]] std::size_t size() const;  // live
  [[nodiscard]] bool contains(std::int64_t id) const;
  [[nodiscard]] std::vector<std::int64_t> ids() const;  // in order of insertion
  /// The vector as it is kept. Errors: `not_found`.
  Result<std::vector<float>> get(std::int64_t id) const;
  Result<std::optional<std::string>> get_metadata(std::int64_t id) const;
  [[nodiscard]] HnswOptions options() const;
  [[nodiscard]] HnswStats stats() const;

  /// One file of base/sections.hpp with the magic PHNW: the same history gives the same bytes on every target.
  [[nodiscard]] std::string to_bytes() const;
  /// owner: who keeps the bytes alive; then vectors and links are read in place. verify: whether every sum and link is
  /// checked; without it, damage may give wrong results, but nothing worse.
  /// Errors: `corrupt_data`, with the offset.
  static Result<HnswIndex> from_bytes(std::string_view data, std::shared_ptr<const void> owner = nullptr,
                                      bool verify = true);

 private:
  struct Impl;
  explicit HnswIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
