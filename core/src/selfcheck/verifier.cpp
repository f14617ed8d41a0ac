#include "paritas/verify/verifier.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

// verify of a pair, whole or atomic, with the source as one text or as passages, and with scores of a model or without.
void check_verifier(Random& random, Digest& digest) {
  const TextPair pair = random_pair(random, 16);
  const std::string other = random_text(random, 6);
  const bool atomic = random.below(2) == 1;
  const auto evidence = static_cast<std::int64_t>(random.below(4));
  const VerifiedScorer scorer = VerifiedScorer::create({}).value();
  const OffsetMap response(pair.claim);
  const auto add = [&](const VerificationResult& result, const auto& passage_of) {
    digest.add(result.approved);
    digest.add(name(result.status));
    digest.add(name(result.confidence));
    digest.add(result.score);
    digest.add(result.coverage);
    for (const std::uint32_t i : decisive_first(result)) {
      const Reason& reason = result.reasons[i];
      const bool there = reason.passage != kNoPassage;
      const std::string_view passage = there ? passage_of(reason.passage) : std::string_view();
      digest.add(name(reason.code));
      digest.add(message(reason, pair.claim, passage));
      digest.add(reason.decisive);
      if (reason.code != ReasonCode::no_claims) digest.add(reason.claim_span, response);
      if (there) digest.add(reason.source_span, OffsetMap(passage));
    }
    for (const ClaimVerdict& claim : result.claims) {
      digest.add(claim.span, response);
      digest.add(name(claim.verdict));
      digest.add(claim.probability);
      digest.add(claim.confidence);
      digest.add(claim.entity_match);
      digest.add(std::uint64_t{claim.numerical_match ? (*claim.numerical_match ? 1u : 0u) : 2u});
      digest.add(claim.negation_flip);
      digest.add(claim.traceability);
      digest.add(claim.is_atomic);
      for (std::uint32_t i = claim.evidence; i < claim.evidence_end; ++i) {
        const SourceSpan& span = result.evidence[i];
        digest.add(std::uint64_t{span.index});
        digest.add(std::uint64_t{span.passage});
        digest.add(span.span, OffsetMap(passage_of(span.passage)));
        digest.add(span.score);
        digest.add(span.entity_match);
        digest.add(std::uint64_t{span.numerical_match ? (*span.numerical_match ? 1u : 0u) : 2u});
      }
    }
  };
  if (random.below(2) == 1) {
    add(scorer.verify(pair.claim, pair.source, atomic, evidence).value(),
        [&](std::uint32_t) { return std::string_view(pair.source); });
    return;
  }
  const std::string_view passages[] = {other, pair.source};
  const PreparedSource source(passages);
  const VerificationPlan plan = scorer.plan(pair.claim, source, atomic, evidence).value();
  std::vector<double> scores;
  for (std::size_t i = 0; i < plan.pairs(); ++i) {
    const double score = random.unit();
    scores.push_back(random.below(8) == 0 ? 2.0 : score);
  }
  add(scorer.finish(plan, scores).value(), [&](std::uint32_t passage) { return passages[passage]; });
}

}  // namespace paritas
