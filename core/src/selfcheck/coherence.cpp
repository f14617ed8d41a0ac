#include "paritas/verify/coherence.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_coherence(Random& random, Digest& digest) {
  CoherenceOptions options;
  options.w_logic = random.unit();
  options.w_fact = 1.0 - options.w_logic;
  options.allow_no_evidence = random.below(2) == 1;
  const CoherenceScorer scorer = CoherenceScorer::create(options).value();
  const TextPair pair = random_pair(random, 12);
  const std::string prompt = random_text(random, 6);
  const std::optional<std::string_view> context =
      random.below(4) == 0 ? std::nullopt : std::optional<std::string_view>(pair.source);
  const CoherencePlan plan = scorer.plan(prompt, pair.claim, context).value();
  const CoherenceScore score = scorer.finish(plan);
  const OffsetMap offsets(pair.claim);
  digest.add(score.score);
  digest.add(score.approved);
  digest.add(score.h_logical);
  if (score.h_factual) digest.add(*score.h_factual);
  digest.add(score.warning);
  for (const LogicalConflict& conflict : plan.conflicts) {
    digest.add(name(conflict.code));
    digest.add(conflict.claim_span, offsets);
    digest.add(conflict.message);
  }
}

}  // namespace paritas
