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
#include "paritas/base/span.hpp"

namespace paritas {

/// A word or phrase that speaks for a category, and how much.
struct Keyword {
  std::string text;
  double weight = 1.0;  // 0 to 1e100
};
struct KeywordCategory {
  std::string name;
  std::vector<Keyword> keywords;
};

struct ClassifierOptions {
  /// In the order that ties go by; without it action, analysis, generation, search, edit with the keywords of English.
  std::optional<std::vector<KeywordCategory>> categories;
  double position_weight = 0.1;       // how much more a keyword counts at the start of a text than at its end
  std::int64_t negation_radius = 12;  // how many words behind a negator it reaches at most
  double smoothing = 0.25;            // what is added to the sum of scores: one weak word gives no certainty
  double threshold = 0.3;             // a confidence under it is no category
  bool inflect = true;                // whether the forms of a keyword count as it does
  std::optional<std::vector<std::string>> negators;  // words and phrases; without it those of English
};

struct KeywordMatch {
  std::uint32_t keyword;  // numbered through all categories
  std::uint32_t category;
  Span span;
  bool negated;
};

struct Classification {
  std::size_t category = 0;  // as many as there are categories: none of them
  double confidence = 0.0;   // 0 to 1
  std::vector<double> scores;
  std::vector<KeywordMatch> matches;  // in text order
  std::size_t negated_count = 0;
};

/// What follows from the name of a type of task; all false and 20 calls for one that is none of the five of English.
struct TaskTraits {
  bool is_action = false;    // action, generation, edit
  bool is_analysis = false;  // analysis, search
  bool is_generation = false;
  bool needs_execution = false;  // action
  int tool_budget = 20;          // how many tool calls such a task is worth
};
TaskTraits task_traits(std::string_view task_type) noexcept;

/// Tells what a request asks for by weighted keywords, in clauses that a negation does not cover. Whole words only,
/// ASCII-insensitive; "don't run the tests, but fix the bug" is a wish to fix.
///
/// Linear in the text. Memory: owns all it needs; Threads: never changes, so any number of readers.
class TaskClassifier {
 public:
  /// Errors: `invalid_argument` for a keyword or negator without a word or with more than spaces or one hyphen between
  ///         its words, a weight, position_weight or smoothing outside [0, 1e100], a threshold outside [0, 1], a negative
  ///         radius, a category called "" or "default"; `duplicate_key` for a category twice or a keyword twice in one;
  ///         `limit_exceeded` for a keyword of more than 64 words. Offsets: the number of the category, keyword or
  ///         negator.
  static Result<TaskClassifier> create(const ClassifierOptions& options = {});
  /// The one with all defaults, made once.
  static const TaskClassifier& standard();

  TaskClassifier(TaskClassifier&&) noexcept;
  TaskClassifier& operator=(TaskClassifier&&) noexcept;
  ~TaskClassifier();

  [[nodiscard]] const std::vector<KeywordCategory>& categories() const noexcept;
  [[nodiscard]] const Keyword& keyword(std::uint32_t number) const noexcept;
  /// The name of the category, "default" for none.
  [[nodiscard]] std::string_view task_type(const Classification& result) const noexcept;

  [[nodiscard]] Classification classify(std::string_view text) const;
  /// The same for many texts. threads: 0 for all cores, which are used when there is much to read; never changes a
  /// result. Errors: `invalid_argument` for negative threads.
  [[nodiscard]] Result<std::vector<Classification>> classify_batch(std::span<const std::string_view> texts,
                                                                   std::int64_t threads = 0) const;
  [[nodiscard]] std::vector<KeywordMatch> find_all_keywords(std::string_view text) const;
  /// Negated or not. Errors: `not_found` for a category that is not there.
  [[nodiscard]] Result<bool> has_keywords(std::string_view text, std::string_view category) const;
  [[nodiscard]] bool has_negation(std::string_view text) const;

 private:
  struct Impl;
  explicit TaskClassifier(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The forms of a keyword that a classifier knows: of its first word, the rest as it is; ASCII-lowered, itself first.
/// Alone where English gives it no forms, as "summary" and "what is".
/// Errors: `invalid_argument`, `limit_exceeded` as for a keyword.
Result<std::vector<std::string>> inflect(std::string_view word);

}  // namespace paritas
