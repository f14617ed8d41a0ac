#include "paritas/verify/verifier.hpp"

#include "packed.hpp"
#include "prepared_source.hpp"
#include "spans.hpp"

namespace paritas::wasm {

namespace {

/// A verification that waits for a model, with the text that it speaks of.
struct PlanHandle {
  VerificationPlan plan;
  std::string response;
};

/// The texts that a result speaks of. The source's offsets count in all its passages.
struct SpokenOf {
  std::string_view response, source;
  const OffsetMap& in_source;
  const PreparedSource* prepared = nullptr;  // nothing for one text
};

/// What web/src/verifier.ts reads in the same order; a span of the source is that of its passage.
class Writer {
 public:
  explicit Writer(const SpokenOf& texts) : texts_(texts), in_response_(texts.response) {}

  Reply write(const VerificationResult& result) {
    out_.u8(result.approved);
    out_.u32(static_cast<std::uint32_t>(result.status));
    out_.u32(static_cast<std::uint32_t>(result.confidence));
    out_.f64(result.score);
    out_.f64(result.coverage);
    for (const std::uint32_t count : result.counts) out_.u32(count);
    pack(out_, result.reasons, [&](const Reason& reason) {
      const bool there = reason.passage != kNoPassage;
      out_.text(name(reason.code));
      out_.text(message(reason, texts_.response, there ? passage(reason.passage) : std::string_view()));
      out_.u8(reason.decisive);
      out_.u8(reason.code != ReasonCode::no_claims);
      pack(out_, reason.claim_span, in_response_);
      place(reason.passage, reason.source_span);
    });
    pack(out_, decisive_first(result), [&](std::uint32_t i) { out_.u32(i); });
    pack(out_, result.evidence, [&](const SourceSpan& span) {
      out_.u32(span.index);
      place(span.passage, span.span);
      out_.f64(span.score);
      out_.f64(span.entity_match);
      maybe(span.numerical_match);
    });
    pack(out_, result.claims, [&](const ClaimVerdict& claim) {
      pack(out_, claim.span, in_response_);
      out_.u32(claim.source_index);
      place(claim.passage, claim.source_span);
      out_.f64(claim.probability);
      out_.f64(claim.entity_match);
      maybe(claim.numerical_match);
      out_.u8(claim.negation_flip);
      out_.f64(claim.traceability);
      out_.u32(static_cast<std::uint32_t>(claim.verdict));
      out_.f64(claim.confidence);
      out_.u32(claim.reasons);
      out_.u32(claim.reasons_end);
      out_.u32(claim.evidence);
      out_.u32(claim.evidence_end);
      out_.u8(claim.is_atomic);
    });
    return out_.out();
  }

  /// (passage, its span, span of the claim) of each pair.
  Reply pairs(const VerificationPlan& plan) {
    for (std::size_t i = 0; i < plan.claims.size(); ++i) {
      if (!plan.claims[i].modelled) continue;
      const ClaimVerdict& claim = plan.draft.claims[i];
      for (std::uint32_t at = claim.evidence; at < claim.evidence_end; ++at) {
        place(plan.draft.evidence[at].passage, plan.draft.evidence[at].span);
        pack(out_, claim.span, in_response_);
      }
    }
    return out_.out();
  }

 private:
  std::string_view passage(std::uint32_t number) const {
    return texts_.prepared == nullptr ? texts_.source : texts_.prepared->passage(number);
  }
  void place(std::uint32_t passage, Span span) {
    out_.u32(passage);
    const std::size_t start = texts_.prepared == nullptr || passage == kNoPassage ? 0 : texts_.prepared->start(passage);
    const std::size_t before = texts_.in_source.utf16(start);
    out_.u32(texts_.in_source.utf16(start + span.start) - before);
    out_.u32(texts_.in_source.utf16(start + span.end) - before);
  }
  void maybe(std::optional<bool> value) { out_.u32(value ? (*value ? 1u : 0u) : 2u); }

  const SpokenOf& texts_;
  OffsetMap in_response_;
  Packer out_;
};

/// Seven numbers: thresholds of divergence and support, least confidence, least score, weight, divergence, max_chars.
VerifiedScorer scorer(std::uintptr_t options) {
  const std::span<const double> numbers = doubles(options, 7);
  VerifierOptions out{numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5] != 0.0, 0};
  out.max_chars = static_cast<std::size_t>(numbers[6]);
  return VerifiedScorer::create(out).value();  // verifierCheck has seen them
}

}  // namespace

/// The numbers that scorer() takes, and how much evidence there is.
WASM(Reply, verifierDefaults)() {
  const VerifierOptions options;
  Packer out;
  for (const double value :
       {options.nli_threshold, options.support_threshold, options.min_confidence, options.approve_threshold,
        options.nli_weight, static_cast<double>(options.max_chars), static_cast<double>(kEvidence)}) {
    out.f64(value);
  }
  return out.out();
}

/// Whether the scores are divergence; or what is wrong with the options.
WASM(Reply, verifierCheck)(std::uintptr_t options, std::uintptr_t direction, std::size_t bytes) {
  const std::span<const double> numbers = doubles(options, 7);
  const VerifierOptions all{numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], false, 0};
  return outcome(VerifiedScorer::create(all, text(direction, bytes), static_cast<std::int64_t>(numbers[6])),
                 [](const VerifiedScorer& made) { return number(made.options().divergence ? 1 : 0); });
}

WASM(Reply, verifyText)
(std::uintptr_t options, std::uintptr_t response, std::size_t bytes, std::uintptr_t source, std::size_t source_bytes,
 bool atomic, std::int32_t evidence) {
  const std::string_view said = text(response, bytes), there = text(source, source_bytes);
  const OffsetMap in_source(there);
  return outcome(scorer(options).verify(said, there, atomic, evidence), [&](const VerificationResult& result) {
    return Writer(SpokenOf{said, there, in_source}).write(result);
  });
}

WASM(Reply, verifyPrepared)
(std::uintptr_t options, std::uintptr_t response, std::size_t bytes, const SourceHandle& source, bool atomic,
 std::int32_t evidence) {
  const std::string_view said = text(response, bytes);
  return outcome(scorer(options).verify(said, source.source, atomic, evidence), [&](const VerificationResult& result) {
    return Writer(SpokenOf{said, {}, source.offsets, &source.source}).write(result);
  });
}

WASM(Reply, planCreate)
(std::uintptr_t options, std::uintptr_t response, std::size_t bytes, const SourceHandle& source, bool atomic,
 std::int32_t evidence) {
  const std::string_view said = text(response, bytes);
  return outcome(scorer(options).plan(said, source.source, atomic, evidence), [&](VerificationPlan plan) {
    return handle(PlanHandle{std::move(plan), std::string(said)});
  });
}
WASM(void, planDelete)(PlanHandle* self) { delete self; }
WASM(Reply, planPairs)(const PlanHandle& self, const SourceHandle& source) {
  return Writer(SpokenOf{self.response, {}, source.offsets, &source.source}).pairs(self.plan);
}

WASM(Reply, planFinish)
(const PlanHandle& self, const SourceHandle& source, std::uintptr_t options, std::uintptr_t scores, std::size_t count) {
  return outcome(scorer(options).finish(self.plan, doubles(scores, count)), [&](const VerificationResult& result) {
    return Writer(SpokenOf{self.response, {}, source.offsets, &source.source}).write(result);
  });
}

}  // namespace paritas::wasm
