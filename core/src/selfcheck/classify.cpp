#include "paritas/match/classify.hpp"

#include <iterator>

#include "features.hpp"

namespace paritas {
namespace {

constexpr std::string_view kPieces[] = {
    "run",    "Tests",   "fix",        "the",    "bug",    "set",     "up",       "Cleaning up",
    "list",   "what is", "don't",      "don’t",  "not",    "never",   "skipping", "avoid",
    "rather", "than",    "instead of", "why",    "you",    "forget",  "to",       "only",
    "please", "just",    "but",        "and",    "or",     "so",      ",",        ".",
    "\n",     "main.py", "::",         "-",      "'",      "運行",    "，",       "。",
    "É",      "été_run", "\xFF",       "\u2028", "\u200B", "running", "RUNNABLE", "internationalization",
};

/// Another one than the standard: shared keywords, scripts without spaces, other numbers.
const TaskClassifier& own() {
  static const TaskClassifier classifier = [] {
    ClassifierOptions options;
    options.categories = {{"work", {{"run", 0.37}, {"set up", 1.25}, {"運行", 0.5}, {"internationalization", 2.0}}},
                          {"sport", {{"run", 0.37}, {"running", 0.11}, {"bug", 1.75}, {"set up set", 3.0}}},
                          {"nothing", {}}};
    options.position_weight = 0.73;
    options.negation_radius = 2;
    options.smoothing = 0.0;
    options.threshold = 0.45;
    options.negators = {"never", "Don't", "skipping", "please"};
    return TaskClassifier::create(options).value();
  }();
  return classifier;
}

}  // namespace

void check_classify(Random& random, Digest& digest) {
  std::string text;
  for (std::uint64_t left = random.below(14); left > 0; --left) {
    text += kPieces[random.below(std::size(kPieces))];
    if (random.below(5) != 0) text += ' ';
  }
  const TaskClassifier& classifier = random.below(3) == 0 ? own() : TaskClassifier::standard();
  const Classification found = classifier.classify(text);
  digest.add(classifier.task_type(found));
  digest.add(found.confidence);
  for (const double score : found.scores) digest.add(score);
  const OffsetMap offsets(text);
  for (const KeywordMatch& match : found.matches) {
    digest.add(classifier.keyword(match.keyword).text);
    digest.add(static_cast<std::uint64_t>(match.category));
    digest.add(match.span, offsets);
    digest.add(match.negated);
  }
  digest.add(classifier.has_negation(text));
  const auto forms = inflect(text);
  if (!forms.ok()) {
    digest.add(forms.error());
  } else {
    for (const std::string& form : forms.value()) digest.add(form);
  }
}

}  // namespace paritas
