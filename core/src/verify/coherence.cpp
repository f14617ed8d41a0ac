#include "paritas/verify/coherence.hpp"

#include <algorithm>

#include "paritas/text/sentences.hpp"
#include "paritas/verify/claims.hpp"

namespace paritas {
namespace {

constexpr double kConflict = 0.8, kNoConflict = 0.2;  // h_logical by the rules
constexpr double kUnproven = 0.5;                     // most that an answer reaches without evidence
constexpr double kSameMatter = 0.5;                   // share of a claim's items that what it contradicts must have
constexpr double kWeightError = 1e-9;
constexpr std::int64_t kNoEvidence = 0;

Error invalid(std::string message) { return {ErrorCode::invalid_argument, std::move(message)}; }

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The sentences of a prompt that ask nothing, each in a paragraph of its own.
std::string statements(std::string_view prompt) {
  std::string out;
  for (const Span& span : sentences(prompt)) {
    const std::string_view sentence = span.of(prompt);
    if (ends_with(sentence, "?") || ends_with(sentence, "？") || ends_with(sentence, "؟")) continue;
    if (!out.empty()) out += "\n\n";
    out += sentence;
  }
  return out;
}

}  // namespace

Result<CoherenceScorer> CoherenceScorer::create(const CoherenceOptions& options) {
  const auto share = [](double value) { return value >= 0.0 && value <= 1.0; };
  if (!share(options.threshold)) return invalid("threshold must be from 0 to 1");
  if (!share(options.soft_limit)) return invalid("soft_limit must be from 0 to 1");
  const double sum = options.w_logic + options.w_fact;
  if (!(options.w_logic >= 0.0 && options.w_fact >= 0.0 && sum - sum == 0.0)) {  // infinity less itself is NaN
    return invalid("w_logic and w_fact must be at least 0");
  }
  if (!(sum - 1.0 <= kWeightError && 1.0 - sum <= kWeightError)) return invalid("w_logic and w_fact must add up to 1");
  if (options.top_k < 0) return invalid("top_k must be at least 0");
  return CoherenceScorer(options, VerifiedScorer::create({}).value());
}

Result<CoherencePlan> CoherenceScorer::plan(std::string_view prompt, std::string_view answer,
                                            std::optional<std::string_view> context, const FactStore* facts) const {
  std::optional<std::string> evidence;
  if (context) {
    evidence = std::string(*context);
  } else if (facts != nullptr) {
    const std::string question = std::string(prompt) + "\n" + std::string(answer);
    const std::vector<Fact> found = facts->query(question, options_.top_k, options_.tenant_id).value();
    evidence.emplace();
    for (std::size_t i = 0; i < found.size(); ++i) *evidence += (i == 0 ? "" : "\n\n") + found[i].text;
  }
  if (evidence && sentences(*evidence).empty()) evidence.reset();
  CoherencePlan plan{
      PreparedSource(evidence ? std::string_view(*evidence) : std::string_view()), std::move(evidence), {}, {}};
  Result<VerificationPlan> verification = verifier_.plan(answer, plan.source);
  if (!verification.ok()) return verification.error();
  plan.verification = std::move(verification).value();
  if (auto error = against(answer, 0, statements(prompt), plan.conflicts)) return *std::move(error);
  std::vector<Span> claims;
  for (const Claim& claim : split_claims(answer)) claims.push_back(claim.span);
  within(answer, claims, plan.conflicts);
  return plan;
}

/// Why claims of a text, which begins at `start`, contradict a source that speaks of the same matter and names.
std::optional<Error> CoherenceScorer::against(std::string_view text, std::size_t start, std::string_view source,
                                              std::vector<LogicalConflict>& out) const {
  if (source.empty()) return std::nullopt;
  const Result<VerificationResult> checked = verifier_.verify(text, source, false, kNoEvidence);
  if (!checked.ok()) return checked.error();
  const VerificationResult& result = checked.value();
  for (const ClaimVerdict& claim : result.claims) {
    if (claim.traceability < kSameMatter || claim.entity_match != 1.0) continue;
    for (std::uint32_t at = claim.reasons; at < claim.reasons_end; ++at) {
      const Reason& reason = result.reasons[at];
      if (!reason.decisive) continue;
      out.push_back({reason.code,
                     {reason.claim_span.start + start, reason.claim_span.end + start},
                     message(reason, text, source)});
    }
  }
  return std::nullopt;
}

/// Each claim against those before it: the second half against the first, then each half by itself. Every pair meets
/// once, and a text of n claims is read log2(n) times.
void CoherenceScorer::within(std::string_view answer, std::span<const Span> claims,
                             std::vector<LogicalConflict>& out) const {
  if (claims.size() < 2) return;
  const std::size_t middle = claims.size() / 2;
  const Span first{claims.front().start, claims[middle - 1].end}, second{claims[middle].start, claims.back().end};
  (void)against(second.of(answer), second.start, first.of(answer), out);  // both are shorter than the answer
  within(answer, claims.first(middle), out);
  within(answer, claims.subspan(middle), out);
}

Result<CoherenceScore> CoherenceScorer::finish(const CoherencePlan& plan, std::span<const double> scores) const {
  const std::size_t pairs = plan.verification.pairs() + 1;
  if (scores.size() != pairs) {
    return invalid("scores must be as many as pairs: " + std::to_string(scores.size()) + " for " +
                   std::to_string(pairs));
  }
  CoherenceScore out;
  out.verification = verifier_.finish(plan.verification, scores.first(pairs - 1)).value();
  out.logic_ignored = !(scores.back() >= 0.0 && scores.back() <= 1.0);
  out.h_logical = out.logic_ignored ? kConflict : 1.0 - scores.back();  // a model that fails vouches for nothing
  conclude(plan, out);
  return out;
}

CoherenceScore CoherenceScorer::finish(const CoherencePlan& plan) const {
  CoherenceScore out;
  out.verification = verifier_.finish(plan.verification);
  out.h_logical = plan.conflicts.empty() ? kNoConflict : kConflict;
  conclude(plan, out);
  return out;
}

void CoherenceScorer::conclude(const CoherencePlan& plan, CoherenceScore& out) const {
  const VerificationResult& result = out.verification;
  if (plan.evidence) {
    out.h_factual = 1.0 - result.score;
    out.score = 1.0 - (options_.w_logic * out.h_logical + options_.w_fact * *out.h_factual);
  } else {
    out.score = std::min(kUnproven, 1.0 - out.h_logical);
  }
  out.approved = out.score >= options_.threshold &&
                 result.counts[static_cast<std::size_t>(Verdict::contradicted)] == 0 &&
                 result.status != VerificationStatus::no_claims && (plan.evidence || options_.allow_no_evidence);
  out.warning = out.approved && out.score < options_.soft_limit;
}

}  // namespace paritas
