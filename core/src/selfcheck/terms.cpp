#include "paritas/text/terms.hpp"

#include "features.hpp"
#include "paritas/text/sentences.hpp"
#include "paritas/verify/entities.hpp"
#include "paritas/verify/numbers.hpp"
#include "paritas/verify/polarity.hpp"
#include "texts.hpp"

namespace paritas {

// terms, sentences, extract_numbers, extract_entities and extract_cues, all of one text.
void check_terms(Random& random, Digest& digest) {
  const std::string text = random_text(random, 24);
  const OffsetMap offsets(text);
  for (const Term& term : terms(text)) {
    digest.add(name(term.kind));
    digest.add(term.span, offsets);
    digest.add(term.key);
    digest.add(term.stem);
    digest.add(term.negated);
    digest.add(term.space_before);
  }
  for (const Span& span : sentences(text)) digest.add(span, offsets);
  for (const Number& number : extract_numbers(text)) {
    digest.add(number.kind);
    digest.add(number.value);
    digest.add(number.unit);
    digest.add(number.dimension);
    digest.add(number.per);
    digest.add(number.op);
    digest.add(number.soft);
    for (const std::string& noun : number.nouns) digest.add(noun);
    digest.add(std::uint64_t{number.year});
    digest.add(std::uint64_t{number.month});
    digest.add(std::uint64_t{number.day});
    digest.add(number.ambiguous);
    digest.add(number.span, offsets);
  }
  for (const Entity& entity : extract_entities(text)) {
    digest.add(entity.span, offsets);
    for (const std::string& key : entity.keys) digest.add(key);
    digest.add(entity.strong);
  }
  for (const Cue& cue : extract_cues(text)) {
    digest.add(cue.span, offsets);
    for (const Span& span : cue.scope) digest.add(span, offsets);
  }
}

}  // namespace paritas
