#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "vectors/column.hpp"

namespace paritas {

/// A vector that is compared with rows. GraphRows makes it and knows what stands in it.
struct GraphProbe {
  const void* values = nullptr;
  float square = 0.0F;
  float scale = 0.0F;
  std::vector<float> floats;         // room for values that had to be converted
  std::vector<std::int16_t> wholes;  // the same
  std::vector<std::uint64_t> signs;  // a bit for each value above 0, with zeros behind
};

/// The vectors of a graph, by slot. Whoever owns the rows gives them to each call; a distance is the promised one, bit for
/// bit, and never -0.
class GraphRows {
 public:
  virtual ~GraphRows() = default;
  virtual void probe(std::uint32_t slot, GraphProbe& out) const = 0;  // all but the signs
  virtual void distances(const GraphProbe& probe, const std::uint32_t* slots, std::size_t count, float* out) const = 0;
  virtual void prefetch(std::uint32_t slot) const = 0;
  virtual void signs(std::uint32_t slot, std::uint64_t* out) const = 0;
};

struct GraphOptions {
  std::uint32_t m = 16;
  std::uint32_t ef_construction = 200;
  std::uint64_t seed = 0;
  std::uint32_t sign_words = 0;  // words of 64 signs for each row; 0: none are kept
};

/// A slot and its distance as one number that sorts by (distance, slot): the slot is its lower half.
using GraphHit = std::uint64_t;
inline std::uint32_t slot_of(GraphHit hit) noexcept { return static_cast<std::uint32_t>(hit); }
GraphHit graph_hit(float distance, std::uint32_t slot) noexcept;
float distance_of(GraphHit hit) noexcept;

inline constexpr std::uint32_t kNoSlot = 0x7FFF'FFFF;

/// A navigable small world in layers, after Malkov and Yashunin 2018, over rows that somebody else keeps.
///
/// Slots count insertions from 0; what is removed leaves a hole until `renumber` closes all of them in order, so the order
/// of slots is the order of insertion, and every comparison is by (distance, slot). Same calls give the same bytes for any
/// number of threads and on every target.
/// Links on layer 0 hold a tree over all live slots in both directions: each one is reached from each other one.
/// Threads: any number of const calls, or one other.
class HnswGraph {
 public:
  explicit HnswGraph(const GraphOptions& options);
  HnswGraph(HnswGraph&&) noexcept;
  HnswGraph& operator=(HnswGraph&&) noexcept;
  ~HnswGraph();

  [[nodiscard]] std::size_t size() const noexcept { return levels_.size(); }  // slots, holes too
  [[nodiscard]] std::size_t live() const noexcept { return live_; }
  [[nodiscard]] bool alive(std::uint32_t slot) const noexcept { return (alive_[slot / 64] >> (slot % 64) & 1) != 0; }
  [[nodiscard]] const std::vector<std::uint64_t>& alive_bits() const noexcept { return alive_; }
  [[nodiscard]] std::uint32_t entry() const noexcept { return entry_; }
  [[nodiscard]] std::uint32_t level(std::uint32_t slot) const noexcept { return levels_[slot]; }
  [[nodiscard]] const GraphOptions& options() const noexcept { return options_; }
  /// Of the o-th inserted vector.
  [[nodiscard]] std::uint32_t level_of_ordinal(std::uint64_t ordinal) const noexcept;
  /// The links of a slot on a layer, in their order.
  [[nodiscard]] std::vector<std::uint32_t> links(std::uint32_t slot, std::uint32_t layer) const;
  [[nodiscard]] std::size_t heap_bytes() const noexcept;

  void reserve(std::size_t slots);
  /// How many rows the next round takes: max(1, min(256, live / 10)).
  [[nodiscard]] std::size_t round() const noexcept;
  /// Links the next `count` rows, at most round() of them: they stand in slots size() .. size() + count - 1 of `rows`.
  void insert(const GraphRows& rows, std::size_t count, std::size_t threads);
  /// Links rows until `count` are in, round by round. `go_on(done)` after each one; false stops there.
  std::size_t insert_all(const GraphRows& rows, std::size_t count, std::size_t threads,
                         const std::function<bool(std::size_t)>& go_on = nullptr);
  /// Unlinks a live slot; its neighbours are linked among themselves.
  void remove(const GraphRows& rows, std::uint32_t slot);
  /// Whether more than a quarter of the slots are holes.
  [[nodiscard]] bool sparse() const noexcept { return (size() - live_) * 4 > size(); }
  /// Closes the holes: the live slots, in order, become 0, 1, 2 ... The owner then does the same with the rows. To be
  /// called when `sparse`, as long as that is so the walk misses links.
  void renumber(const GraphRows& rows);
  /// All live slots linked anew in order; there are no holes (call renumber before).
  std::size_t rebuild(const GraphRows& rows, std::size_t threads,
                      const std::function<bool(std::size_t)>& go_on = nullptr);

  /// The best `k` of the best max(ef, k) that the walk finds, ascending; at least min(k, live) of them.
  void search(const GraphRows& rows, const GraphProbe& probe, std::size_t k, std::size_t ef,
              std::vector<GraphHit>& out) const;
  /// The same over the slots that pass, each asked at most once. The walk goes through all. There may be fewer than k
  /// though more pass: then `exact` finds them.
  void search_filtered(const GraphRows& rows, const GraphProbe& probe, std::size_t k, std::size_t ef,
                       const std::function<bool(std::uint32_t)>& passes, std::vector<GraphHit>& out) const;
  /// The best k of all live slots, or of those in `mask` (a bit for each slot) that are alive.
  void exact(const GraphRows& rows, const GraphProbe& probe, std::size_t k, const std::uint64_t* mask,
             std::vector<GraphHit>& out) const;
  /// The signs of a query for the walk.
  void sign(GraphProbe& probe, const float* values, std::size_t dim) const;

  // The sections of a file, in this order; views that last until the next change.
  static constexpr std::size_t kSections = 5;
  static constexpr const char* kSectionNames[kSections] = {"graph", "levels", "links", "upper links", "signs"};
  void sections(std::string& head, std::string_view (&out)[kSections]) const;
  /// Reads them in place. Without `check` the links of layer 0 are not read: a walk stays inside the memory whatever they
  /// are, but before the first change `sound` must hold. Returns nothing, and in `bad` which section is damaged.
  static std::unique_ptr<HnswGraph> open(std::span<const std::string_view> sections, bool check,
                                         const std::shared_ptr<const void>& owner, std::size_t& bad);
  [[nodiscard]] bool sound() const;

 private:
  friend class GraphWalk;
  struct Scratch;
  struct Selector;
  struct Round;
  class Lease;

  [[nodiscard]] std::uint32_t cap(std::uint32_t layer) const noexcept {
    return layer == 0 ? 2 * options_.m : options_.m;
  }
  // As many places as cap(layer); an unused one has all bits set.
  [[nodiscard]] const std::uint32_t* block(std::uint32_t slot, std::uint32_t layer) const noexcept;
  std::uint32_t* block_to_change(std::uint32_t slot, std::uint32_t layer);
  [[nodiscard]] std::uint32_t tree_degree(std::uint32_t slot) const noexcept;
  void append_slot(const GraphRows& rows);
  void connect(const GraphRows& rows, std::uint32_t from, std::uint32_t to, std::uint32_t layer, bool tree,
               Scratch& scratch);
  void join(const GraphRows& rows, std::uint32_t a, std::uint32_t b, Scratch& scratch);
  [[nodiscard]] std::uint32_t with_room(std::uint32_t start) const;
  void select(const GraphRows& rows, std::uint32_t node, std::span<const GraphHit> candidates, std::size_t limit,
              const std::vector<std::uint32_t>* kept, Scratch& scratch, std::vector<std::uint32_t>& out) const;
  void walk(const GraphRows& rows, const GraphProbe& probe, std::uint32_t layer, std::size_t ef, std::uint32_t start,
            Scratch& scratch) const;
  void descend(const GraphRows& rows, const GraphProbe& probe, std::uint32_t to_layer, std::uint32_t& at,
               Scratch& scratch) const;
  [[nodiscard]] bool apart(const GraphRows& rows, std::uint32_t node, GraphHit hit,
                           const std::vector<std::uint32_t>& chosen, Scratch& scratch) const;
  bool drop_holes(std::uint32_t from, std::uint32_t layer);
  void refill(const GraphRows& rows, std::uint32_t from, std::uint32_t layer, const std::vector<std::uint32_t>& others,
              Scratch& scratch);
  void mend(const GraphRows& rows);
  void pick_entry();
  void drop_upper(std::uint32_t slot, std::uint32_t level);
  [[nodiscard]] bool upper_sound() const;

  GraphOptions options_;
  std::uint64_t thresholds_[31];
  std::uint64_t next_ordinal_ = 0;
  std::size_t live_ = 0;
  std::uint32_t entry_ = kNoSlot;
  std::vector<std::uint64_t> alive_;
  Column<std::uint8_t> levels_;                // 255 of a hole
  Column<std::uint32_t> links_;                // of layer 0: 2m for each slot
  std::vector<std::uint32_t> tall_, tall_at_;  // slots above layer 0, ascending, and where their blocks begin in upper_
  Column<std::uint32_t> upper_;                // m for each layer of each of them
  Column<std::uint64_t> signs_;
  mutable std::mutex scratch_mutex_;
  mutable std::vector<std::unique_ptr<Scratch>> scratches_;
};

}  // namespace paritas
