#pragma once
#include <atomic>
#include <limits>

#include "paritas/stream/halt.hpp"

namespace paritas {

/// The state of one stream; halt_state.cpp writes and reads it.
struct HaltMonitor::Impl {
  explicit Impl(const HaltConfig& settled);
  void reset();

  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] std::size_t kept() const noexcept {
    return scored < capacity_ ? static_cast<std::size_t>(scored) : capacity_;
  }
  /// The last scores, oldest first; `most` of them, and no more than are kept.
  [[nodiscard]] std::span<const double> last_scores(std::size_t most) const noexcept {
    const std::size_t have = kept();
    if (most > have) most = have;
    return {scores.data() + end - most, most};
  }
  [[nodiscard]] double window_mean() const noexcept;
  [[nodiscard]] double trend() const noexcept;
  [[nodiscard]] double trend_se() const noexcept;
  struct Noise {
    double total, count;
  };
  [[nodiscard]] Noise noise() const noexcept;
  [[nodiscard]] bool significant(double fall) const noexcept;
  void keep(double score) noexcept;
  void push(double score) noexcept;
  void plan(double score) noexcept;
  [[nodiscard]] bool ended() const noexcept { return halted || finished; }

  HaltStep step(std::string_view token, std::optional<double> given, std::optional<double> time);
  HaltStep accept(std::string_view token, double score, bool was_scored, bool warning);
  HaltStep halt(std::string_view token, HaltCode why, double number, double score, bool was_scored = false);
  HaltStep finish();
  [[nodiscard]] HaltStep after_the_end() const noexcept;
  [[nodiscard]] HaltStep told(std::uint64_t index, double score) const noexcept {
    HaltStep out;
    out.index = index;
    out.score = score;
    out.window_mean = mean;
    out.trend_drop = drop;
    out.now = now;
    return out;
  }
  void end_stream(HaltCode why, double number, std::uint64_t index);
  void forget_held();
  std::string_view release(std::string_view token);
  void show(std::string_view emit);
  [[nodiscard]] std::uint64_t token_count() const noexcept;
  [[nodiscard]] std::string_view held_text() const noexcept { return std::string_view(held).substr(gone); }

  static constexpr std::size_t kTailBytes = 1024;  // more than the 200 characters that are shown take

  HaltConfig config;
  std::size_t capacity_ = 0;
  std::atomic<bool> stopped{false};
  bool halted = false, finished = false, pending = false, soft_halted = false;
  std::uint8_t sentence = 0;  // accepted text ends in: 0 no sentence end, 1 one, 2 one and spaces
  HaltCode code = HaltCode::none;
  double value = 0.0;
  std::string detail;
  std::int64_t halt_index = -1;
  std::uint64_t count = 0, accepted = 0, scored = 0, next_due = 0, cadence = 1, invalid_run = 0;
  std::uint64_t warnings = 0, invalids = 0, unchecked = 0;
  std::int64_t tail = 0;
  double before_sum = 0.0, all_sum = 0.0;  // squared second differences before the trend window, and all
  double score_sum = 0.0, score_min = 0.0, now = 0.0, last = std::numeric_limits<double>::quiet_NaN();
  double mean = 0.0, drop = 0.0;  // of the last scored token
  TextLength length, token_start, token_end;
  // The last scores lie together before `end`; the block is twice as long, so that they are moved together rarely.
  std::vector<double> scores;
  std::vector<double> distances;  // of the trend window's places from its middle
  double spread = 0.0;            // sum of their squares
  std::size_t end = 0;
  std::string held;
  std::size_t gone = 0;  // bytes at the front of `held` that the last step has emitted
  std::vector<char> shown;
  std::size_t shown_size = 0;
};

}  // namespace paritas
