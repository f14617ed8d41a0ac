#include "paritas/match/classify.hpp"

#include "exact.hpp"

namespace paritas::tests {
namespace {

ClassifierOptions options_of(const Json& given) {
  ClassifierOptions options;
  if (given.contains("categories")) {
    options.categories.emplace();
    for (const Json& category : given["categories"]) {
      KeywordCategory made{category[0], {}};
      for (const Json& keyword : category[1]) made.keywords.push_back({keyword[0], number(keyword[1])});
      options.categories->push_back(std::move(made));
    }
  }
  if (given.contains("position_weight")) options.position_weight = number(given["position_weight"]);
  if (given.contains("negation_radius")) options.negation_radius = given["negation_radius"];
  if (given.contains("smoothing")) options.smoothing = number(given["smoothing"]);
  if (given.contains("threshold")) options.threshold = number(given["threshold"]);
  if (given.contains("inflect")) options.inflect = given["inflect"];
  if (given.contains("negators")) options.negators = given["negators"].get<std::vector<std::string>>();
  return options;
}

Json said(const TaskClassifier& classifier, const Exact& text) {
  const Classification found = classifier.classify(text.view());
  const TaskTraits traits = task_traits(classifier.task_type(found));
  Json scores = Json::object();
  for (std::size_t i = 0; i < found.scores.size(); ++i) scores[classifier.categories()[i].name] = found.scores[i];
  return {{"task_type", classifier.task_type(found)},
          {"confidence", found.confidence},
          {"scores", scores},
          {"matched_count", found.matches.size() - found.negated_count},
          {"negated_count", found.negated_count},
          {"matches", Exact::list(found.matches,
                                  [&](const KeywordMatch& match) -> Json {
                                    const Keyword& keyword = classifier.keyword(match.keyword);
                                    const auto [start, end] = match.span;
                                    return {{"text", text.view().substr(start, end - start)},
                                            {"keyword", keyword.text},
                                            {"category", classifier.categories()[match.category].name},
                                            {"weight", keyword.weight},
                                            {"span", text.span(match.span)},
                                            {"negated", match.negated}};
                                  })},
          {"is_action_task", traits.is_action},
          {"is_analysis_task", traits.is_analysis},
          {"is_generation_task", traits.is_generation},
          {"needs_execution", traits.needs_execution},
          {"recommended_tool_budget", traits.tool_budget}};
}

Json failed(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

}  // namespace

TEST_CASE("classify_task agrees with its vectors") {
  for (const auto& test : load_vectors("classify")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact text(test.at("given").at("text"));
      const auto classifier = TaskClassifier::create(options_of(test.at("given")));
      const Json actual =
          classifier.ok() ? Json{{"value", said(classifier.value(), text)}} : failed(classifier.error());
      CHECK(actual.dump() == test.at("expect").dump());
      if (test.at("given").size() == 1) {
        CHECK(Json{{"value", said(TaskClassifier::standard(), text)}}.dump() == test.at("expect").dump());
      }
    }
  }
}

TEST_CASE("inflect agrees with its vectors") {
  for (const auto& test : load_vectors("classify_inflect")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact word(test.at("given").at("word"));
      CHECK(outcome(inflect(word.view())).dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("find_all_keywords and its like agree with their vectors") {
  const TaskClassifier& classifier = TaskClassifier::standard();
  for (const auto& test : load_vectors("classify_find")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact text(test.at("given").at("text"));
      Json answers = {{"keywords", Exact::list(classifier.find_all_keywords(text.view()),
                                               [&](const KeywordMatch& match) -> Json {
                                                 const auto [start, end] = match.span;
                                                 return {{"span", text.span(match.span)},
                                                         {"text", text.view().substr(start, end - start)},
                                                         {"category", classifier.categories()[match.category].name}};
                                               })},
                      {"negation", classifier.has_negation(text.view())}};
      for (const KeywordCategory& category : classifier.categories()) {
        answers[category.name] = classifier.has_keywords(text.view(), category.name).value();
      }
      CHECK(Json{{"value", answers}}.dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("a batch of the classifier is the single calls, whatever the threads") {
  std::vector<std::string> owned;
  for (int i = 0; i < 3000; ++i) owned.push_back("don't run number " + std::to_string(i) + ", but fix all of the rest");
  const std::vector<std::string_view> texts(owned.begin(), owned.end());
  const TaskClassifier& classifier = TaskClassifier::standard();
  for (const std::int64_t threads : {0, 1, 4}) {
    const auto found = classifier.classify_batch(texts, threads).value();
    REQUIRE(found.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const Classification single = classifier.classify(texts[i]);
      REQUIRE((found[i].category == single.category && found[i].scores == single.scores));
      REQUIRE((found[i].confidence == single.confidence && found[i].matches.size() == 2));
    }
  }
  CHECK(classifier.classify_batch(texts, -1).error().code == ErrorCode::invalid_argument);
  CHECK(classifier.has_keywords("run", "nowhere").error().code == ErrorCode::not_found);
}

TEST_CASE("words of ill-formed texts end where their bytes do") {
  for (const std::string text :
       {"run\xFF", "\xC3run\xE2\x80", "run\xE2\x80", "run'\xE2", "\xE2\x80\x99run\xE2\x80\x99"}) {
    const Exact exact(text);
    const auto found = TaskClassifier::standard().find_all_keywords(exact.view());
    REQUIRE(found.size() == 1);
    CHECK(text.substr(found[0].span.start, found[0].span.end - found[0].span.start) == "run");
  }
}

}  // namespace paritas::tests
