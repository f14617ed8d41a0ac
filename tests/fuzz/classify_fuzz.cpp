// Any bytes as a text and as keywords of a classifier: no report of a sanitizer, spans in order, no score below 0.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "paritas/match/classify.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check(const paritas::TaskClassifier& classifier, std::string_view text) {
  const paritas::Classification found = classifier.classify(text);
  require(found.confidence >= 0.0 && found.confidence <= 1.0);
  for (const double score : found.scores) require(score >= 0.0);
  std::size_t end = 0, start = 0;
  for (const paritas::KeywordMatch& match : found.matches) {
    const bool same_place = match.span.start == start && match.span.end == end;
    require(match.span.start < match.span.end && match.span.end <= text.size());
    require(match.span.start >= end || same_place);  // one place for several categories
    start = match.span.start;
    end = match.span.end;
  }
  require(classifier.find_all_keywords(text).size() == found.matches.size());
  for (std::size_t i = 0; i < classifier.categories().size(); ++i) {
    bool has = false;
    for (const paritas::KeywordMatch& match : found.matches) has = has || match.category == i;
    require(classifier.has_keywords(text, classifier.categories()[i].name).value() == has);
  }
  require(classifier.has_negation(text) || found.negated_count == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  check(paritas::TaskClassifier::standard(), all);
  // Lines are keywords and negators, the last one is the text.
  paritas::ClassifierOptions options;
  options.categories = {{"a", {}}, {"b", {}}};
  options.negators.emplace();
  std::string_view rest = all;
  for (std::size_t line = rest.find('\n'), i = 0; line != std::string_view::npos; line = rest.find('\n'), ++i) {
    std::string item(rest.substr(0, line));
    rest.remove_prefix(line + 1);
    if (!paritas::inflect(item).ok()) continue;
    if (i % 3 == 2) {
      options.negators->push_back(std::move(item));
    } else {
      (*options.categories)[i % 3].keywords.push_back({std::move(item), 0.5});
    }
  }
  const auto classifier = paritas::TaskClassifier::create(options);
  if (classifier.ok()) check(classifier.value(), rest);
  return 0;
}
