#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"
#include "paritas/match/pii.hpp"

namespace paritas {

// The kinds of faults of an answer, in the order in which faults of one place are told.
#define PARITAS_RESPONSE_KINDS(X) \
  X(length)                       \
  X(leakage)                      \
  X(refusal)                      \
  X(garbage)                      \
  X(secrets)                      \
  X(pii)

enum class IssueKind : std::uint8_t {
#define X(id) id,
  PARITAS_RESPONSE_KINDS(X)
#undef X
};
inline constexpr std::size_t kIssueKinds = 6;
enum class Severity : std::uint8_t { low, medium, high, critical };

/// "leakage", "medium".
std::string_view name(IssueKind kind) noexcept;
std::string_view name(Severity severity) noexcept;
/// Errors: `invalid_argument`, which lists the four.
Result<Severity> fail_severity_of(std::string_view name);

/// What validate_response looks for.
struct ResponseRules {
  bool leakage = true;
  bool garbage = true;
  bool refusal = true;
  bool secrets = true;
  PiiKinds pii;
  std::int64_t min_length = 1;  ///< in code points, as max_length
  std::int64_t max_length = 0;  ///< 0 for none
  std::vector<std::string_view> required;
  std::vector<std::string_view> forbidden;
  /// Fences and inline code are exempt from leakage, refusal and garbage, never from secrets and personal data.
  bool respect_code = true;
  Severity fail_severity = Severity::medium;
  std::vector<std::string_view> allow;  ///< names of rules to leave out
};

/// What is wrong with an answer, and where.
struct Issue {
  IssueKind kind;
  std::string_view rule;  ///< lives for ever
  Severity severity;
  Span span;
  std::string message;
};

struct ValidationResult {
  bool ok = true;             ///< no issue is as severe as fail_severity
  std::vector<Issue> issues;  ///< by start, then the order of kinds, then the longer one, then the order of finding
  std::array<std::size_t, kIssueKinds> counts{};  ///< by kind
};

/// Rules that are ready to judge many answers.
/// Memory:  owns copies of all texts in the rules.
/// Threads: any number at once.
class ResponseValidator {
 public:
  /// Errors: `invalid_argument` for a length below 0; `pattern_empty` for an empty text in required or forbidden, with its
  ///         index.
  static Result<ResponseValidator> build(const ResponseRules& rules);

  /// What is wrong with an answer. Linear in the text but for the number of required texts.
  [[nodiscard]] ValidationResult validate(std::string_view text) const;
  /// Leaked syntax cut, secrets and personal data masked by "*" but for line breaks, the rest byte for byte.
  [[nodiscard]] std::string sanitized(std::string_view text) const;

 private:
  struct Impl;
  explicit ResponseValidator(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

/// validate for many texts, in their order.
///
/// threads: 0 for all cores
/// Errors:  as build; `invalid_argument` for threads below 0
Result<std::vector<ValidationResult>> validate_response_batch(std::span<const std::string_view> texts,
                                                              const ResponseValidator& validator,
                                                              std::int64_t threads = 0);

/// What may be shown of an answer: sanitized by the default rules, without more than two empty lines in a row and without
/// white space around it.
std::string sanitize_response(std::string_view text);

/// Whether an answer has a fault of length, leaked syntax or garbage that is high.
bool is_garbage_content(std::string_view text);

struct LeakagePattern {
  Span span;
  std::string_view rule;  ///< lives for ever
};
/// What validate reports as leakage.
std::vector<LeakagePattern> detect_leakage_patterns(std::string_view text);

/// The text without its tags: "<" and a letter, "/", "!" or "?" up to the next ">" with no "<" between.
std::string strip_markup(std::string_view text);

}  // namespace paritas
