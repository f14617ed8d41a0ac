#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"
#include "paritas/verify/prepared_source.hpp"

namespace paritas {

// code, what it leaves of a probability, whether it contradicts by itself, its message: {c} and {s} stand for the words
// of the claim and of the source, {n} for the cue of a negation.
#define PARITAS_REASONS(X)                                                                     \
  X(number_mismatch, 0.2, true, "The claim says \"{c}\", the source says \"{s}\".")            \
  X(entity_mismatch, 0.2, true, "The claim names \"{c}\" where the source names \"{s}\".")     \
  X(antonym, 0.2, true, "\"{c}\" in the claim opposes \"{s}\" in the source.")                 \
  X(negation_flip, 0.3, true, "The claim and the source disagree about a negation (\"{n}\").") \
  X(number_missing, 0.45, false, "The number \"{c}\" is not in the source.")                   \
  X(word_order, 0.45, false, "The same words stand in another order in the source.")           \
  X(entity_missing, 0.6, false, "\"{c}\" is not in the source.")                               \
  X(not_in_source, 1.0, false, "Most of the claim's words are not in the source.")             \
  X(low_support, 1.0, false, "The source does not say enough to support the claim.")           \
  X(verbatim, 1.0, false, "The source contains the claim word for word.")                      \
  X(too_short, 1.0, false, "The claim is too short to check.")                                 \
  X(script_not_supported, 1.0, false, "Claims in this script are only checked word for word.") \
  X(no_content, 1.0, false, "The claim has no content words.")                                 \
  X(no_source, 1.0, false, "There is no source text.")                                         \
  X(no_claims, 1.0, false, "The response has no claims.")                                      \
  X(nli_invalid, 1.0, false, "The model's score was not a number from 0 to 1 and was ignored.")

enum class ReasonCode : std::uint8_t {
#define X(id, cap, decisive, message) id,
  PARITAS_REASONS(X)
#undef X
};
enum class Verdict : std::uint8_t { supported, contradicted, fabricated, unverifiable };
enum class Confidence : std::uint8_t { high, medium, low };
enum class VerificationStatus : std::uint8_t { ok, no_claims, no_source };

std::string_view name(ReasonCode code) noexcept;
std::string_view name(Verdict verdict) noexcept;
std::string_view name(Confidence confidence) noexcept;
std::string_view name(VerificationStatus status) noexcept;

inline constexpr std::uint32_t kNoPassage = 0xFFFFFFFFu;

/// Why a verdict is what it is. Spans are bytes of the response and of the passage.
struct Reason {
  ReasonCode code;
  bool decisive;               // it contradicts by itself
  bool capped = true;          // what it leaves of a probability holds
  bool cue_of_source = false;  // of a negation_flip: where the cue stands
  Span claim_span{};           // 0, 0 when there are no claims
  std::uint32_t passage = kNoPassage;
  Span source_span{};
};

/// One sentence, with the words that it is about.
std::string message(const Reason& reason, std::string_view response, std::string_view passage);

/// A sentence of the source that speaks of what a claim says.
struct SourceSpan {
  std::uint32_t index;  // of the sentence, in all passages
  std::uint32_t passage;
  Span span;            // of the passage
  double score;         // share of the claim's stems and numbers that it has, or the entailment that was given
  double entity_match;  // share of the claim's strong entities whose words it has; 1.0 when there are none
  std::optional<bool> numerical_match;  // nothing when the claim or the sentence has no hard number
};

/// What became of one claim. Its reasons and evidence are ranges of the lists of the result.
struct ClaimVerdict {
  Span span;
  bool is_atomic;
  bool negation_flip;
  Verdict verdict;
  std::optional<bool> numerical_match;
  std::uint32_t source_index;  // of the sentence that shares the most; kNoPassage when none shares anything
  std::uint32_t passage;
  Span source_span;
  double probability;
  double confidence;
  double entity_match;
  double traceability;
  std::uint32_t reasons, reasons_end;    // decisive ones first
  std::uint32_t evidence, evidence_end;  // best first
};

struct VerificationResult {
  bool approved = false;
  VerificationStatus status = VerificationStatus::ok;
  Confidence confidence = Confidence::low;
  double score = 0.0;
  double coverage = 0.0;
  std::uint32_t counts[4] = {};  // by verdict
  std::vector<ClaimVerdict> claims;
  std::vector<Reason> reasons;  // by claim; no_claims alone belongs to none
  std::vector<SourceSpan> evidence;
};

/// The numbers of the reasons, decisive ones first, then in order of the claims.
std::vector<std::uint32_t> decisive_first(const VerificationResult& result);

/// A verification that waits for the scores of a model.
struct VerificationPlan {
  /// What is known about a claim before a model is asked.
  struct Claim {
    double probability;  // of our own model, before caps
    bool checkable;
    bool verbatim;
    bool modelled;  // whether a model is asked about its evidence
  };
  VerificationResult draft;
  std::vector<Claim> claims;
  double probability = 0.0;  // of our own model, for the whole response
  bool has_source = true;

  /// How many scores are awaited: one for each piece of evidence of the modelled claims, in order.
  [[nodiscard]] std::size_t pairs() const;
};

struct VerifierOptions {
  double nli_threshold = 0.65;      // divergence from which a claim with something missing is fabricated
  double support_threshold = 0.35;  // divergence up to which a claim is supported
  double min_confidence = 0.4;      // a verdict below it becomes unverifiable
  double approve_threshold = 0.5;   // least score of an approved response
  double nli_weight = 0.7;          // share of a model in a probability
  bool divergence = false;          // whether a model returns divergence, not entailment
  std::size_t max_chars = 16'777'216;
};
inline constexpr std::int64_t kEvidence = 3;
inline constexpr std::int64_t kMostEvidence = 100;

/// One pair of a batch; `prepared` takes the place of `source`.
struct VerificationJob {
  std::string_view response, source;
  const PreparedSource* prepared = nullptr;
};

/// Compares responses with their sources: a verdict with reasons for each claim, and a score of the whole.
class VerifiedScorer {
 public:
  /// Errors: `invalid_argument` for a threshold or a weight that is not from 0 to 1, or a support_threshold above the
  ///         nli_threshold.
  static Result<VerifiedScorer> create(const VerifierOptions& options);
  /// nli_direction: "entailment" or "divergence".
  static Result<VerifiedScorer> create(VerifierOptions options, std::string_view nli_direction, std::int64_t max_chars);

  [[nodiscard]] const VerifierOptions& options() const { return options_; }

  /// atomic: checks parts of sentences. evidence: source sentences that are kept for each claim, 0 to 100.
  /// Errors: `limit_exceeded` for a text of more than max_chars; `invalid_argument` for the evidence.
  Result<VerificationResult> verify(std::string_view response, std::string_view source, bool atomic = false,
                                    std::int64_t evidence = kEvidence) const;
  Result<VerificationResult> verify(std::string_view response, const PreparedSource& source, bool atomic = false,
                                    std::int64_t evidence = kEvidence) const;

  /// The first half: everything but what a model says.
  Result<VerificationPlan> plan(std::string_view response, const PreparedSource& source, bool atomic = false,
                                std::int64_t evidence = kEvidence) const;
  /// verify and plan for many pairs. threads: 0 for all cores; never changes a result. A prepared source is needed for
  /// plans.
  [[nodiscard]] std::vector<Result<VerificationResult>> verify_batch(std::span<const VerificationJob> jobs, bool atomic,
                                                                     std::int64_t evidence, std::size_t threads) const;
  [[nodiscard]] std::vector<Result<VerificationPlan>> plan_batch(std::span<const VerificationJob> jobs, bool atomic,
                                                                 std::int64_t evidence, std::size_t threads) const;

  /// The second half, with one score for each pair; a score that is not from 0 to 1 is no score.
  /// Errors: `invalid_argument` for another number of scores.
  Result<VerificationResult> finish(const VerificationPlan& plan, std::span<const double> scores) const;
  /// The second half without a model.
  VerificationResult finish(VerificationPlan plan) const;

 private:
  explicit VerifiedScorer(const VerifierOptions& options) : options_(options) {}
  [[nodiscard]] std::optional<Error> refuse(std::string_view response, std::string_view source,
                                            const PreparedSource* prepared, std::int64_t evidence) const;
  void conclude(const VerificationPlan& plan, const double* scores, VerificationResult& out) const;

  VerifierOptions options_;
};

}  // namespace paritas
