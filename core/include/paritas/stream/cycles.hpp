#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

/// What counts as a cycle of tool calls.
struct CycleOptions {
  std::int64_t max_period = 8;    ///< 1 to 1024 calls: the longest round
  std::int64_t repeats = 3;       ///< at least 2: how often a round of several calls must come
  std::int64_t same_repeats = 4;  ///< at least 2: how often the same call must come
  std::int64_t window = 64;       ///< calls that are looked at, at most 65536; no fewer than a cycle needs
  double similarity = 1.0;        ///< above 0 to 1: calls of one name whose arguments are so alike count as equal
};

struct CycleReport {
  std::uint64_t period = 0;           ///< calls of one round, 0 without a cycle
  std::uint64_t repeats = 0;          ///< how often it came, 0 without a cycle
  std::vector<std::string> sequence;  ///< the names of the last round, or their signatures
  std::string guidance;               ///< what the model may be told

  [[nodiscard]] bool is_cycle() const noexcept { return period != 0; }
};

/// Finds tool calls that come round again: A A A A, or A B C A B C A B C.
///
/// After each call, for each period p: repeats = 1 + (length of the longest suffix that equals itself p earlier) / p. The
/// least period with enough of them wins, so a report goes on to say so until something else is called.
/// Cost:    one comparison for each period
/// Memory:  the last max_period calls: a signature, a name and, with similarity below 1, 16 bytes for each value of the
///          arguments.
class CycleDetector {
 public:
  /// Errors: `invalid_argument` for an option out of its range
  static Result<CycleDetector> create(const CycleOptions& options = {});
  CycleDetector(CycleDetector&&) noexcept;
  CycleDetector& operator=(CycleDetector&&) noexcept;
  ~CycleDetector();

  /// canonical_call: the canonical JSON of [name, arguments]
  CycleReport record(std::string_view name, std::string_view canonical_call);
  /// A call that is known by its signature of 32 digits alone: equal to others of that signature.
  CycleReport record_signature(std::string_view signature);
  void reset();

 private:
  struct Impl;
  explicit CycleDetector(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
