#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "paritas/base/result.hpp"
#include "paritas/text/length.hpp"

namespace paritas {

/// What counts as a repetition. Lengths are code points.
struct RepetitionOptions {
  std::int64_t max_period = 1024;  ///< 1 to window / 2: the longest unit
  std::int64_t min_repeats = 4;    ///< at least 2: how often the unit must stand in a row
  std::int64_t min_covered = 64;   ///< at least 2: how long all of it must be; 400 for a unit without letter or digit
  std::int64_t window = 4096;      ///< 2 to 65536: how far back is looked
  std::int64_t novelty_n = 4;      ///< 2 to 16 words that are one n-gram
  std::int64_t novelty_window = 256;  ///< novelty_n to 65536 words
  double novelty_min = 0.35;          ///< 0 to 1: a smaller share of distinct n-grams is a loop
};

enum class RepetitionKind : std::uint8_t { none, period, low_novelty };
/// "none", "period", "low_novelty"
std::string_view name(RepetitionKind kind) noexcept;

struct RepetitionReport {
  RepetitionKind kind = RepetitionKind::none;
  TextLength position;        ///< how much was read when it fired, or so far
  TextLength period;          ///< length of the unit
  TextLength covered;         ///< from start to the end of the repetition
  TextLength start;           ///< where the repetition begins
  std::uint64_t repeats = 0;  ///< whole units
  std::string unit;           ///< what repeats, ill-formed bytes as U+FFFD
  double novelty = 1.0;       ///< distinct n-grams of the last words over all of them, 1 without any

  [[nodiscard]] bool is_loop() const noexcept { return kind != RepetitionKind::none; }
};

/// Finds text that repeats itself while it streams: the same report however the stream is cut, down to single bytes.
///
/// Exact period: at every 16th code point and at the end, the least period whose repetition of the last text is long
/// enough. Novelty: at every 16th word from the 64th on, the share of distinct n-grams of the last words, which numbers
/// do not count for: "Step 1: ..." and "Step 2: ..." are the same words. The first report that fires is kept.
/// Cost:    linear; text whose last code points did not occur before is hashed only, any other costs at most
///          (window + max_period) / 16 comparisons a code point.
/// Memory:  below 64 KB with the defaults, 15 bytes for each code point of the window and 58 for each word of its own,
///          never by the length of the stream.
class RepetitionDetector {
 public:
  /// Errors: `invalid_argument` for an option out of its range
  static Result<RepetitionDetector> create(const RepetitionOptions& options = {});
  RepetitionDetector(RepetitionDetector&&) noexcept;
  RepetitionDetector& operator=(RepetitionDetector&&) noexcept;
  ~RepetitionDetector();

  /// Reads on. Errors: `stream_finished` after finish()
  Result<RepetitionReport> feed(std::string_view utf8);
  /// Ends the stream. Errors: `stream_finished` after finish()
  Result<RepetitionReport> finish();
  void reset();
  [[nodiscard]] RepetitionReport report() const;
  [[nodiscard]] std::size_t memory_bytes() const noexcept;

 private:
  friend RepetitionReport detect_repetition(std::string_view);
  struct Impl;
  explicit RepetitionDetector(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

/// The first repetition of a text, as a stream with the default options would find it, but told to its end: `covered`,
/// `repeats` and `novelty` are those of the whole repetition, `position` is where the stream would have stopped.
RepetitionReport detect_repetition(std::string_view utf8);

}  // namespace paritas
