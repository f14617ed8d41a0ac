#include "paritas/verify/signals.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_signals(Random& random, Digest& digest) {
  const TextPair pair = random_pair(random, 24);
  const OffsetMap claim(pair.claim), source(pair.source);
  const Signals found = signals(pair.claim, pair.source);
  digest.add(found.entity_overlap);
  digest.add(std::uint64_t{!found.numerical_consistency ? 2u : *found.numerical_consistency ? 1u : 0u});
  digest.add(found.negation_flip);
  digest.add(found.traceability);
  for (const Span& span : found.novel_entities) digest.add(span, claim);
  for (const NumberMatch& match : found.numbers) {
    digest.add(match.claim_span, claim);
    if (match.status != NumberStatus::missing) digest.add(match.source_span, source);
    digest.add(name(match.status));
  }
  for (const PolarityMatch& match : found.polarity) {
    digest.add(match.claim_span, claim);
    digest.add(match.source_span, source);
    digest.add(name(match.kind));
  }
  for (const Span& span : found.missing) digest.add(span, claim);
  if (found.best_source) digest.add(*found.best_source, source);
}

}  // namespace paritas
