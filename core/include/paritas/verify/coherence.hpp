#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/verify/facts.hpp"
#include "paritas/verify/verifier.hpp"

namespace paritas {

struct CoherenceOptions {
  double threshold = 0.5;   // least score of an approved answer
  double soft_limit = 0.6;  // an approved one below it gets a warning
  double w_logic = 0.3;     // of h_logical in the score; the two weights add up to 1
  double w_fact = 0.7;      // of h_factual
  std::int64_t top_k = 5;   // facts that serve as evidence
  std::string tenant_id;    // whose facts
  bool allow_no_evidence = false;
};

/// A contradiction between a claim of the answer and the prompt or an earlier part of the answer.
struct LogicalConflict {
  ReasonCode code;
  Span claim_span;  // of the answer
  std::string message;
};

/// How well an answer fits its prompt and the evidence.
struct CoherenceScore {
  double score = 0.0;  // 0 to 1
  bool approved = false;
  double h_logical = 0.0;           // divergence from the prompt and within the answer, 0 to 1
  std::optional<double> h_factual;  // divergence from the evidence, 0 to 1; nothing without evidence
  bool warning = false;             // approved, but below the soft limit
  bool logic_ignored = false;       // the model's score for the prompt and the answer was not from 0 to 1
  VerificationResult verification;  // of the answer against the evidence
};

/// A review that waits for the scores of a model.
struct CoherencePlan {
  PreparedSource source;                // of the evidence
  std::optional<std::string> evidence;  // nothing when there is none
  VerificationPlan verification;
  std::vector<LogicalConflict> conflicts;
};

/// Scores an answer by the facts that it can lean on and by its logic; what has no evidence is not approved, and a claim
/// that the evidence contradicts cannot be outvoted.
class CoherenceScorer {
 public:
  /// Errors: `invalid_argument` for thresholds that are not from 0 to 1, weights below 0 or that do not add up to 1, or a
  ///         negative top_k.
  static Result<CoherenceScorer> create(const CoherenceOptions& options = {});

  /// The first half: everything but what a model says.
  /// context: the evidence; without it the best facts of the store, if there is one
  /// Errors:  `limit_exceeded` for a text that VerifiedScorer refuses.
  Result<CoherencePlan> plan(std::string_view prompt, std::string_view answer,
                             std::optional<std::string_view> context = std::nullopt,
                             const FactStore* facts = nullptr) const;

  /// The second half, with one score for each pair of the verification and one for the prompt and the answer.
  /// Errors: `invalid_argument` for another number of scores.
  Result<CoherenceScore> finish(const CoherencePlan& plan, std::span<const double> scores) const;
  /// The second half without a model.
  CoherenceScore finish(const CoherencePlan& plan) const;

 private:
  explicit CoherenceScorer(const CoherenceOptions& options, VerifiedScorer verifier)
      : options_(options), verifier_(verifier) {}
  void conclude(const CoherencePlan& plan, CoherenceScore& out) const;
  std::optional<Error> against(std::string_view text, std::size_t start, std::string_view source,
                               std::vector<LogicalConflict>& out) const;
  void within(std::string_view answer, std::span<const Span> claims, std::vector<LogicalConflict>& out) const;

  CoherenceOptions options_;
  VerifiedScorer verifier_;
};

}  // namespace paritas
