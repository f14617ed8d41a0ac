#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

// Phrases that announce the next step in place of taking it: "let me read", "now I'll", "I should check". Whole words,
// ASCII case does not matter, any white space between them, typographic apostrophes count as '. Leftmost-longest.

/// Spans of them, in order, none over another. Linear.
std::vector<Span> find_circular_patterns(std::string_view text);
/// How many there are.
std::size_t count_circular_patterns(std::string_view text);
/// Whether there is one.
bool detect_circular_phrases(std::string_view text);

struct ThinkingOptions {
  std::int64_t repetition_threshold = 3;  ///< 2 to 256: so many equal or similar thoughts are a loop
  double similarity_threshold = 0.65;     ///< above 0 to 1: the share of keywords that similar thoughts have in common
  std::int64_t window_size = 10;          ///< 1 to 256: thoughts that a new one is compared with
  std::int64_t stalling_threshold = 2;    ///< 1 to 256: so many thoughts in a row that announce only
};

enum class LoopType : std::uint8_t { none, stalling, exact_repetition, semantic_similarity, internal_repetition };
enum class ThinkingCategory : std::uint8_t { file_read, search, analysis, implementation, general };
std::string_view name(LoopType type) noexcept;  ///< "" for none
std::string_view name(ThinkingCategory category) noexcept;

struct PatternAnalysis {
  LoopType loop_type = LoopType::none;
  double similarity_score = 0.0;        ///< of the most similar thought before it, 1 for an exact repetition
  std::uint64_t matching_patterns = 0;  ///< how many thoughts it was found like, this one included; 0 without a loop
  std::string guidance;                 ///< what the model may be told
  ThinkingCategory category = ThinkingCategory::general;

  [[nodiscard]] bool is_loop() const noexcept { return loop_type != LoopType::none; }
};

struct ThinkingStats {
  std::uint64_t total_analyzed = 0, loops_detected = 0, exact_matches = 0, similar_matches = 0, stalling_detected = 0;
  std::uint64_t consecutive_stalls = 0;  ///< thoughts in a row that announce only, since the last that fired
  double detection_rate = 0.0;           ///< loops over all, 0 before the first
  std::uint64_t history_size = 0;        ///< thoughts that the next one is compared with
  std::uint64_t unique_patterns = 0;     ///< different ones among the last 256
};

/// Finds a model whose thoughts go round in circles. In this order: several that only announce a step; the same again;
/// several with the same keywords; one that repeats itself (see repetition.hpp).
///
/// Similar: the Jaccard index of the keywords, which are the words of 4 letters or more that are no stop words, and the
/// pairs of letters of scripts without spaces. Blank thoughts are counted, and nothing else.
/// Cost:    linear in the thought, and window_size sets of keywords
/// Memory:  16 bytes for each of 256 thoughts, 8 for each keyword of the last window_size, at most 4096 of each thought
class ThinkingDetector {
 public:
  /// Errors: `invalid_argument` for an option out of its range
  static Result<ThinkingDetector> create(const ThinkingOptions& options = {});
  ThinkingDetector(ThinkingDetector&&) noexcept;
  ThinkingDetector& operator=(ThinkingDetector&&) noexcept;
  ~ThinkingDetector();

  PatternAnalysis analyze(std::string_view content);
  /// Forgets all thoughts; the counts stay.
  void reset();
  void clear_stats();
  [[nodiscard]] ThinkingStats stats() const;

 private:
  struct Impl;
  explicit ThinkingDetector(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
