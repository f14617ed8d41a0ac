#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/retrieve/doc_id.hpp"
#include "paritas/retrieve/filter.hpp"
#include "paritas/vectors/matrix.hpp"

namespace paritas {

struct VectorIndexOptions {
  std::int64_t dim = 0;                // values in a vector, 1 to 65,536
  std::string metric = "cosine";       // "cosine", "dot", "l2" or "euclidean"
  std::string dtype = "float32";       // how vectors are kept: "float32", "float16", "int8" or "binary"
  std::string kind = "auto";           // "flat" compares all, "hnsw" walks a graph, "auto" makes one (see VectorIndex)
  std::int64_t m = 16;                 // of the graph: links of a vector on upper layers, 2 to 256
  std::int64_t ef_construction = 200;  // candidates that new links are chosen from, 1 to 2^20
  std::int64_t ef = 64;                // candidates that a query keeps, 1 to 2^20
  std::int64_t seed = 0;               // of the levels
  bool keep_full = false;              // keep float32 beside a smaller dtype, for rescore and get()
};

struct VectorQuery {
  std::int64_t k = 10;
  Selection selection;
  std::optional<std::int64_t> ef;  // none: that of the index; raised to k
  bool exact = false;              // compare all, whatever the kind
  std::int64_t rescore = 0;        // rank the best rescore * k of a smaller dtype anew by float32
  std::int64_t threads = 0;        // of a batch and of large scans; 0 for all cores; never changes a result
};

/// What the index knows of one vector.
struct VectorRecord {
  DocId id;
  std::vector<float> vector;            // as it was added with float32 or keep_full, else what its bits stand for
  std::optional<std::string> metadata;  // as encode_metadata writes it
};

struct VectorIndexStats {
  std::uint64_t count = 0;
  std::uint64_t removed = 0;  // rows that wait to be dropped
  std::uint64_t dim = 0;
  std::string metric, dtype, kind;
  std::string path;                  // how a query finds its results: "exact" or "graph"
  std::uint64_t vector_bytes = 0;    // rows, and what stands beside them
  std::uint64_t graph_bytes = 0;     // links
  std::uint64_t document_bytes = 0;  // ids, their table, metadata
};

/// Rows of one result for each query: where a vector stands among the live ones, and its score.
struct VectorRows {
  std::size_t columns = 0;
  std::vector<std::int64_t> positions;  // -1 where there are fewer results
  std::vector<double> scores;           // 0.0 there
};

/// Vectors by id, with metadata: exact search over contiguous rows, or a walk through the graph of HnswIndex over them.
///
/// A score is higher for the better one and has the bits of the function it is named after: cosine_similarity,
/// dot_product, -squared_euclidean for "l2", -euclidean_distance for "euclidean"; of smaller dtypes those that
/// QuantizedVectors promises, of a query quantised the same way. Equal scores: the vector added first.
/// A graph is of float32 alone. "auto" makes it when an addition brings the live vectors to 50,000, and keeps it until
/// `clear`. Scores found by a walk have the same bits; which rows are found is approximate, but always min(k, passing) of
/// them. Fewer than 10,000 or 5 % that pass a filter are all compared.
/// Memory:  owns all it needs, or reads a file that somebody keeps alive, until the first change to what it reads.
/// Threads: many readers or one writer; a query sees one state.
class VectorIndex {
 public:
  static constexpr std::int64_t kMaxDim = 65'536;

  /// Errors: `invalid_argument` for options without meaning, `out_of_range` for numbers out of theirs.
  static Result<VectorIndex> create(const VectorIndexOptions& options);

  /// The index of to_bytes. With an owner of the bytes, rows are read where they lie.
  /// verify: whether to look at every byte; without, only what a query needs to be safe.
  /// Errors: `corrupt_data`, with the offset of the section.
  static Result<VectorIndex> from_bytes(std::string_view data, std::shared_ptr<const void> owner = nullptr,
                                        bool verify = true);

  VectorIndex(VectorIndex&&) noexcept;
  VectorIndex& operator=(VectorIndex&&) noexcept;
  ~VectorIndex();

  /// Adds a vector, or replaces the one of that id, which moves to the end. True if the id is new.
  /// Errors: `dimension_mismatch`; `invalid_argument` for NaN, infinities and metadata without meaning; `out_of_range`
  ///         for what a 16-bit float cannot hold. The index is unchanged after an error.
  Result<bool> add(const DocId& id, std::span<const float> vector,
                   std::optional<std::string_view> metadata = std::nullopt);

  /// Adds or replaces many; returns how many. With "keep" the first vector of an id wins. An error changes nothing.
  /// metadatas: none, or one for each vector.
  /// Errors:    as add, with the row; `length_mismatch`; `duplicate_key` with "error".
  Result<std::uint64_t> add_batch(std::span<const DocId> ids, const Matrix& vectors,
                                  std::span<const std::optional<std::string_view>> metadatas = {},
                                  std::string_view on_duplicate = "replace", std::int64_t threads = 0);

  /// True if there was a vector of that id.
  bool remove(const DocId& id);
  std::uint64_t remove_many(std::span<const DocId> ids);
  void clear();
  /// Gives back the memory of what was removed; a graph is built anew, in order of adding.
  void compact();

  /// min(k, passing vectors) results, score descending, then order of adding.
  /// Errors: `dimension_mismatch`; `invalid_argument` for k, rescore or threads below 0, ef below 1, rescore without
  ///         float32 kept, and a vector that is not finite; `length_mismatch` for a selection of another state.
  Result<std::vector<Hit>> query(std::span<const float> vector, const VectorQuery& query = {}) const;
  /// The results of query for each row, which all read each block of rows once.
  Result<std::vector<std::vector<Hit>>> query_batch(const Matrix& vectors, const VectorQuery& query = {}) const;
  Result<VectorRows> query_batch_arrays(const Matrix& vectors, const VectorQuery& query = {}) const;

  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] bool contains(const DocId& id) const;
  [[nodiscard]] std::optional<VectorRecord> get(const DocId& id) const;
  [[nodiscard]] std::vector<DocId> ids() const;
  /// Of each live vector, in order of adding.
  [[nodiscard]] std::vector<std::optional<std::string>> metadatas() const;
  [[nodiscard]] VectorIndexStats stats() const;
  [[nodiscard]] VectorIndexOptions options() const;

  /// Equal live vectors in equal order give equal bytes, on every target; with a graph, equal histories do.
  [[nodiscard]] std::string to_bytes() const;

  struct Impl;  // of the files beside this one in core/src

 private:
  explicit VectorIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
