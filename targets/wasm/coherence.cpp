#include "paritas/verify/coherence.hpp"

#include <limits>

#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {

namespace {

/// A review that waits for a model, with the texts that it speaks of.
struct Review {
  CoherencePlan plan;
  std::string prompt, answer;
};

/// u8 0, or u8 1 and a span.
void pack_optional(Packer& out, bool there, const Span& span, const OffsetMap& offsets) {
  out.u8(there);
  if (there) pack(out, span, offsets);
}

/// Score, h_logical, h_factual (NaN: none), approved, warning, evidence, reasons. Texts of reasons come as a code, a
/// message, whether it is decisive, a span of the answer and one of the evidence.
Reply score_of(const Review& review, const CoherenceScore& score) {
  const std::string_view evidence = review.plan.evidence ? std::string_view(*review.plan.evidence) : std::string_view();
  const OffsetMap in_answer(review.answer), in_evidence(evidence);
  Packer out;
  out.f64(score.score);
  out.f64(score.h_logical);
  out.f64(score.h_factual ? *score.h_factual : std::numeric_limits<double>::quiet_NaN());
  out.u8(score.approved);
  out.u8(score.warning);
  out.optional(review.plan.evidence);
  for (const std::uint32_t i : decisive_first(score.verification)) {
    const Reason& reason = score.verification.reasons[i];
    out.text(name(reason.code));
    out.text(message(reason, review.answer, evidence));
    out.u8(reason.decisive);
    pack_optional(out, reason.code != ReasonCode::no_claims, reason.claim_span, in_answer);
    pack_optional(out, reason.passage != kNoPassage, reason.source_span, in_evidence);
  }
  for (const LogicalConflict& conflict : review.plan.conflicts) {
    out.text(name(conflict.code));
    out.text(conflict.message);
    out.u8(true);
    pack_optional(out, true, conflict.claim_span, in_answer);
    out.u8(false);
  }
  if (score.logic_ignored) {
    Reason reason{};
    reason.code = ReasonCode::nli_invalid;
    out.text(name(reason.code));
    out.text(message(reason, {}, {}));
    for (int i = 0; i < 3; ++i) out.u8(false);
  }
  return out.out();
}

}  // namespace

WASM(Reply, coherenceDefaults)() {
  const CoherenceOptions options;
  Packer out;
  out.f64(options.threshold);
  out.f64(options.soft_limit);
  out.f64(options.w_logic);
  out.f64(options.w_fact);
  out.f64(static_cast<double>(options.top_k));
  out.u8(options.allow_no_evidence);
  return out.out();
}

WASM(Reply, coherenceCreate)
(double threshold, double soft_limit, double w_logic, double w_fact, std::int32_t top_k, bool allow_no_evidence,
 std::uintptr_t tenant, std::size_t tenant_bytes) {
  CoherenceOptions options;
  options.threshold = threshold;
  options.soft_limit = soft_limit;
  options.w_logic = w_logic;
  options.w_fact = w_fact;
  options.top_k = top_k;
  options.allow_no_evidence = allow_no_evidence;
  options.tenant_id = text(tenant, tenant_bytes);
  return outcome(CoherenceScorer::create(options), handle);
}
WASM(void, coherenceDelete)(CoherenceScorer* self) { delete self; }

/// facts: a FactStore or nothing. One block: prompt, answer, and the context or nothing. Gives a review.
WASM(Reply, coherencePlan)
(const CoherenceScorer& self, const FactStore* facts, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const std::string_view prompt = in.text(), answer = in.text();
  return outcome(self.plan(prompt, answer, in.optional(), facts), [&](CoherencePlan plan) {
    return handle(Review{std::move(plan), std::string(prompt), std::string(answer)});
  });
}
WASM(void, coherencePlanDelete)(Review* self) { delete self; }

/// Two texts for each pair that a model is asked about.
WASM(Reply, coherencePairs)(const Review& self) {
  Packer out;
  const VerificationPlan& verification = self.plan.verification;
  for (std::size_t i = 0; i < verification.claims.size(); ++i) {
    if (!verification.claims[i].modelled) continue;
    const ClaimVerdict& claim = verification.draft.claims[i];
    for (std::uint32_t at = claim.evidence; at < claim.evidence_end; ++at) {
      const SourceSpan& span = verification.draft.evidence[at];
      out.text(span.span.of(self.plan.source.passage(span.passage)));
      out.text(claim.span.of(self.answer));
    }
  }
  out.text(self.prompt);
  out.text(self.answer);
  return out.out();
}

/// asked: whether there are scores of a model.
WASM(Reply, coherenceFinish)
(const CoherenceScorer& self, const Review& review, bool asked, std::uintptr_t scores, std::size_t count) {
  if (!asked) return score_of(review, self.finish(review.plan));
  return outcome(self.finish(review.plan, doubles(scores, count)),
                 [&](const CoherenceScore& score) { return score_of(review, score); });
}

}  // namespace paritas::wasm
