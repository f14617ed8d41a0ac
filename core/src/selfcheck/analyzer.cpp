#include "paritas/retrieve/analyzer.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_analyzer(Random& random, Digest& digest) {
  constexpr const char* kCuts[] = {"bigram", "unigram", "run"};
  AnalyzerOptions options;
  constexpr const char* kStemmers[] = {"none", "light", "english"};
  options.stemmer = kStemmers[random.below(3)];
  options.cjk = kCuts[random.below(3)];
  options.fold_accents = random.below(4) != 0;
  options.min_length = random.below(4) == 0 ? 2 : 1;
  options.max_length = random.below(4) == 0 ? 5 : 128;
  if (random.below(4) == 0) options.stopwords = "english";
  const Analyzer analyzer = random.below(8) == 0 ? Analyzer::plain() : Analyzer::create(options).value();
  const std::string text = random_text(random, 8);
  const std::vector<std::string> terms = analyzer.analyze(text);
  digest.add(static_cast<std::uint64_t>(terms.size()));
  for (const std::string& term : terms) digest.add(term);
  const OffsetMap offsets(text);
  for (const Span& span : analyzer.spans(text)) digest.add(span, offsets);
  for (const Span& span : analyzer.highlight(random_text(random, 2), text)) digest.add(span, offsets);
}

}  // namespace paritas
