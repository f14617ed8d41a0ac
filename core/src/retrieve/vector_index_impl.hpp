#pragma once
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "paritas/retrieve/vector_index.hpp"
#include "retrieve/filter_masks.hpp"
#include "retrieve/id_table.hpp"
#include "vectors/column.hpp"
#include "vectors/hnsw_rows.hpp"
#include "vectors/stored.hpp"

namespace paritas {

/// Rows in slots, in order of adding; what is removed leaves a hole until a quarter of them are holes.
struct VectorIndex::Impl {
  VectorIndexOptions options;
  std::size_t dim = 0, row_bytes = 0;
  Dtype dtype = Dtype::float32;
  Score score = Score::cosine;

  mutable std::shared_mutex mutex;
  Column<std::uint8_t> rows;      // row_bytes for each slot
  Column<float> scales;           // of int8
  Column<std::uint32_t> squares;  // of all but binary
  Column<float> full;             // with keep_full and a smaller dtype
  std::vector<std::string> keys;  // as id_key; empty for a hole
  std::vector<std::optional<std::string>> metadata;
  std::vector<std::uint64_t> alive;  // a bit for each slot
  std::size_t live = 0;
  Table table;
  mutable FilterMasks masks;
  std::unique_ptr<HnswGraph> graph;  // over the same slots; without one a query compares all
  bool graph_checked = true;         // its links on layer 0, when they are those of a file

  static Result<std::unique_ptr<Impl>> make(const VectorIndexOptions& options);

  [[nodiscard]] std::size_t slots() const { return keys.size(); }
  [[nodiscard]] bool is_alive(std::size_t slot) const { return (alive[slot / 64] >> slot % 64 & 1) != 0; }
  [[nodiscard]] bool keeps_full() const { return options.keep_full && dtype != Dtype::float32; }
  [[nodiscard]] bool negates() const { return score == Score::euclidean || score == Score::squared_euclidean; }
  [[nodiscard]] const std::uint8_t* row(std::size_t slot) const { return rows.data() + slot * row_bytes; }
  [[nodiscard]] float scale(std::size_t slot) const { return scales.size() == 0 ? 0.0F : scales[slot]; }
  [[nodiscard]] std::uint32_t find(std::string_view key) const;
  [[nodiscard]] std::uint64_t hash_at(std::uint32_t slot) const;
  /// Whether so many vectors could be added. Errors: as add.
  [[nodiscard]] Result<bool> fits(const Matrix& vectors, std::size_t count) const;
  /// Writes vectors behind the last slot, for `enter` to make use of. Errors: as add; then nothing has changed.
  Result<bool> append(const Matrix& vectors, std::span<const std::uint32_t> which, std::size_t threads);
  void enter(std::string key, std::optional<std::string> extra);
  void enter_hole();
  bool drop(std::string_view key);
  void shrink();  // closes the holes if there are many
  void close_holes();
  void cut(std::size_t to);  // what stands behind the first slots

  // Of the graph; whoever calls them holds a FloatState.
  [[nodiscard]] bool may_link() const { return dtype == Dtype::float32 && options.kind != "flat"; }
  [[nodiscard]] std::unique_ptr<HnswGraph> new_graph() const;
  [[nodiscard]] FloatRows graph_rows() const;  // a view that lasts until the next change of the rows
  void link(std::size_t threads);              // what was entered last; with "auto", makes the graph when it is time
  void relink(std::size_t threads);            // all anew, in order
  void mend_graph();                           // before the first change to a graph of a file that nobody has checked
  /// Slots of what the walk finds, of which the best k are results; at least min(k, those that pass) of them.
  [[nodiscard]] std::vector<Neighbour> walk(const float* vector, std::size_t k, std::size_t ef, std::size_t passing,
                                            const std::uint64_t* mask) const;
};

}  // namespace paritas
