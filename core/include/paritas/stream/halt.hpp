#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"
#include "paritas/text/length.hpp"

namespace paritas {

enum class HaltMode : std::uint8_t { hard, soft };
enum class OnInvalid : std::uint8_t { halt, hold, abstain };
enum class Release : std::uint8_t { token, sentence };

/// What a halt monitor keeps to. `HaltMonitor::create` checks every field once.
struct HaltConfig {
  double hard_limit = 0.5;              ///< [0, 1]: a score below it halts at once
  double soft_limit = 0.6;              ///< [hard_limit, 1]: a score below it warns
  std::int32_t window_size = 10;        ///< 1 to 4096 scores
  double window_threshold = 0.55;       ///< [0, 1]: the mean of a full window below it halts
  std::int32_t trend_window = 5;        ///< 2 to 1024 scores
  double trend_threshold = 0.15;        ///< above 0: a drop over the trend window above it may halt
  double trend_z = 4.5;                 ///< at least 0: how far above the noise the drop must be; 0: no such test
  HaltMode halt_mode = HaltMode::hard;  ///< soft: window and trend halts finish the sentence
  std::int32_t soft_tail_max = 50;      ///< 0 to 10000 tokens after a soft halt
  std::int32_t score_every_n = 1;       ///< at least 1
  bool adaptive = false;                ///< scores calm streams ever less often, every max_cadence tokens at least
  std::int32_t max_cadence = 8;         ///< at least 1
  OnInvalid on_invalid = OnInvalid::halt;
  std::int32_t max_invalid = 3;  ///< 0 to 1000 invalid scores in a row that `hold` bears
  double token_timeout = 0.0;    ///< seconds, 0 for none
  double total_timeout = 0.0;    ///< seconds, 0 for none
  Release release = Release::token;
  bool latch = false;        ///< a hard_limit halt stops the whole kernel
  bool keep_history = true;  ///< sessions keep tokens and scores
  bool debug = false;        ///< sessions keep a record of each token
};

// The configuration as numbers, in the order of the fields: how bindings and saved states carry it. A choice is its
// place in the enum, a flag 0 or 1.
inline constexpr std::size_t kHaltFields = 20;
using HaltNumbers = std::array<double, kHaltFields>;

struct HaltField {
  enum class Kind : std::uint8_t { real, above, whole, choice, flag };
  std::string_view name;
  Kind kind;
  double low, high;
  std::string_view choices;  ///< "hard|soft"
};
const std::array<HaltField, kHaltFields>& halt_fields() noexcept;
HaltNumbers halt_numbers(const HaltConfig& config) noexcept;
/// Errors: `invalid_argument`: a number out of its range
Result<HaltConfig> halt_config(const HaltNumbers& numbers);
/// "window_size must be a whole number from 1 to 4096, not 0"
std::string halt_refusal(std::size_t field, double hard_limit, std::string_view shown);

#define PARITAS_HALT_CODES(X) \
  X(hard_limit)               \
  X(window_avg)               \
  X(downward_trend)           \
  X(invalid_score)            \
  X(callback_error)           \
  X(callback_timeout)         \
  X(token_timeout)            \
  X(total_timeout)            \
  X(kernel_inactive)          \
  X(stopped)                  \
  X(source_error)             \
  X(closed)

/// Why a stream was halted; `closed`: a token came after finish().
enum class HaltCode : std::uint8_t {
  none,
#define X(id) id,
  PARITAS_HALT_CODES(X)
#undef X
};

/// "hard_limit"; "" for none.
std::string_view name(HaltCode code) noexcept;
/// What the caller may do about it; "" for none and closed.
std::string_view suggested_action(HaltCode code) noexcept;

/// What became of one token.
struct HaltStep {
  std::uint64_t index = 0;
  double score = 0.0;        ///< the last one where it was not scored; NaN without one
  double window_mean = 0.0;  ///< of the scores in the window, 0 without one
  double trend_drop = 0.0;   ///< 0 until the trend window is full
  double now = 0.0;          ///< seconds since the start, as the caller said
  bool scored = false;
  bool halted = false;
  bool warning = false;
  bool soft_pending = false;  ///< a soft halt waits for the end of the sentence
  bool recorded = false;      ///< false after the end of the stream
  HaltCode code = HaltCode::none;
  std::string_view emit;  ///< text that may be shown now: of the token, or of the monitor until its next call
};

/// What a monitor counts, in constant memory.
struct HaltSummary {
  std::uint64_t token_count, accepted;
  bool halted, soft_halted;
  std::int64_t halt_index;  ///< -1 without a halt
  HaltCode code;
  std::uint64_t warning_count, invalid_count, unchecked_count;
  double avg_coherence, min_coherence;  ///< of the scores, 0 without one
  double elapsed;                       ///< the last `now`
  TextLength token_start, token_end;    ///< of the last token, in all accepted text and it
};

/// Watches the scores of one running answer and says, token by token, whether it may go on.
///
/// A score is invalid when it is NaN, infinite, below -1e-9 or above 1 + 1e-9; values between are clamped to [0, 1].
/// Fails closed: whatever cannot be judged halts, unless the configuration says otherwise.
/// Memory:  constant in the length of the stream; with `release = sentence` the held sentence.
/// Threads: one stream, one thread; stop(), reactivate() and active() may be called from any.
class HaltMonitor {
 public:
  /// Errors: `invalid_argument` for a field out of its range
  static Result<HaltMonitor> create(const HaltConfig& config = {});
  static Result<HaltMonitor> create(const HaltNumbers& numbers);
  HaltMonitor(HaltMonitor&&) noexcept;
  HaltMonitor& operator=(HaltMonitor&&) noexcept;
  ~HaltMonitor();

  [[nodiscard]] const HaltConfig& config() const noexcept;

  /// One step. score: none for a token that was not scored, the last score holds. now: seconds since the start, none
  /// for no clock. No allocation but for held text.
  HaltStep process_token(std::string_view token, std::optional<double> score = {}, std::optional<double> now = {});
  /// The same rules for a score without text; true also while a soft halt is pending.
  bool check_halt(double score);
  /// Whether the next token needs a score.
  [[nodiscard]] bool wants_score() const noexcept;
  /// Ends the stream and releases what was held back, unless it was halted.
  HaltStep finish();
  /// A halt that the host has seen. value: seconds; detail: the name of an error's type.
  HaltStep fail(HaltCode code, double value, std::string_view detail = {}, std::string_view token = {});
  /// Makes it equal to a new one.
  void reset();

  void emergency_stop() noexcept;
  void reactivate() noexcept;
  [[nodiscard]] bool is_active() const noexcept;

  [[nodiscard]] HaltSummary summary() const noexcept;
  /// The sentence for the code of a step: "hard_limit (0.3000 < 0.5)".
  [[nodiscard]] std::string reason(HaltCode code) const;
  /// Standard error of the trend's drop, by the noise of the scores; 0 for too few of them.
  [[nodiscard]] double trend_se() const noexcept;
  [[nodiscard]] std::span<const double> window() const noexcept;  ///< oldest first, until the next step
  [[nodiscard]] std::string text_tail() const;                    ///< the last 200 characters of the output

  /// All that the rules need to go on elsewhere, on any target. At most 256 bytes, 8 for each score of the two windows,
  /// and the held text.
  [[nodiscard]] std::string save_state() const;
  /// Goes on where save_state was called. Errors: `corrupt_data`, and nothing has changed.
  Result<bool> restore_state(std::string_view data);

 private:
  struct Impl;
  explicit HaltMonitor(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
