#include "paritas/verify/verifier.hpp"

#include "exact.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

Json maybe(const std::optional<bool>& value) { return value ? Json(*value) : Json(nullptr); }
Json number_json(double value) { return outcome(value)["value"]; }

/// The source of a case in heap blocks of their sizes, with its ids.
struct Passages {
  explicit Passages(const Json& source) {
    if (source.is_string()) texts.push_back(std::make_unique<Exact>(source));
    for (const Json& item : source.is_string() ? Json::array() : source) {
      texts.push_back(std::make_unique<Exact>(item.is_string() ? item : item[1]));
      if (!item.is_string()) ids.push_back(item[0]);
    }
    for (const auto& text : texts) views.push_back(text->view());
  }
  std::vector<std::unique_ptr<Exact>> texts;
  std::vector<std::string_view> views;
  Json ids = Json::array();
};

Json cut(const Exact& text, Span span) { return std::string(text.view().substr(span.start, span.end - span.start)); }

Json reason_json(const Reason& reason, const Exact& response, const Passages& source) {
  const bool there = reason.passage != kNoPassage;
  return {{"code", name(reason.code)},
          {"message", message(reason, response.view(), there ? source.views[reason.passage] : std::string_view())},
          {"decisive", reason.decisive},
          {"claim_span", reason.code == ReasonCode::no_claims ? Json(nullptr) : response.span(reason.claim_span)},
          {"source_span", there ? source.texts[reason.passage]->span(reason.source_span) : Json(nullptr)},
          {"passage", there ? Json(reason.passage) : Json(-1)}};
}

Json evidence_json(const SourceSpan& span, const Passages& source) {
  const Exact& passage = *source.texts[span.passage];
  return {{"text", cut(passage, span.span)},
          {"index", span.index},
          {"span", passage.span(span.span)},
          {"passage", span.passage},
          {"passage_id", source.ids.empty() ? Json(nullptr) : source.ids[span.passage]},
          {"score", number_json(span.score)},
          {"nli_divergence", number_json(1.0 - span.score)},
          {"entity_match", number_json(span.entity_match)},
          {"numerical_match", maybe(span.numerical_match)}};
}

Json result_json(const VerificationResult& result, const Exact& response, const Passages& source) {
  Json claims = Json::array(), reasons = Json::array();
  for (const std::uint32_t i : decisive_first(result)) {
    reasons.push_back(reason_json(result.reasons[i], response, source));
  }
  for (const ClaimVerdict& claim : result.claims) {
    Json own = Json::array(), evidence = Json::array();
    for (std::uint32_t i = claim.reasons; i < claim.reasons_end; ++i) {
      own.push_back(reason_json(result.reasons[i], response, source));
    }
    for (std::uint32_t i = claim.evidence; i < claim.evidence_end; ++i) {
      evidence.push_back(evidence_json(result.evidence[i], source));
    }
    const bool there = claim.source_index != kNoPassage;
    claims.push_back({{"claim", cut(response, claim.span)},
                      {"span", response.span(claim.span)},
                      {"claim_index", claims.size()},
                      {"matched_source", there ? cut(*source.texts[claim.passage], claim.source_span) : Json("")},
                      {"source_index", there ? Json(claim.source_index) : Json(-1)},
                      {"source_span", there ? source.texts[claim.passage]->span(claim.source_span) : Json(nullptr)},
                      {"passage", there ? Json(claim.passage) : Json(-1)},
                      {"probability", number_json(claim.probability)},
                      {"nli_divergence", number_json(1.0 - claim.probability)},
                      {"entity_match", number_json(claim.entity_match)},
                      {"numerical_match", maybe(claim.numerical_match)},
                      {"negation_flip", claim.negation_flip},
                      {"traceability", number_json(claim.traceability)},
                      {"verdict", name(claim.verdict)},
                      {"confidence", number_json(claim.confidence)},
                      {"reasons", own},
                      {"evidence_spans", evidence},
                      {"is_atomic", claim.is_atomic}});
  }
  return {{"approved", result.approved},
          {"score", number_json(result.score)},
          {"confidence", name(result.confidence)},
          {"claims", claims},
          {"supported_count", result.counts[0]},
          {"contradicted_count", result.counts[1]},
          {"fabricated_count", result.counts[2]},
          {"unverifiable_count", result.counts[3]},
          {"coverage", number_json(result.coverage)},
          {"reasons", reasons},
          {"status", name(result.status)}};
}

Json error_json(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

Result<VerifiedScorer> scorer_of(const Json& given) {
  VerifierOptions options;
  const auto read = [&](const char* key, double& value) {
    if (given.contains(key)) value = number(given.at(key));
  };
  read("nli_threshold", options.nli_threshold);
  read("support_threshold", options.support_threshold);
  read("min_confidence", options.min_confidence);
  read("approve_threshold", options.approve_threshold);
  read("nli_weight", options.nli_weight);
  return VerifiedScorer::create(options, given.value("nli_direction", std::string("entailment")),
                                given.value("max_chars", static_cast<std::int64_t>(options.max_chars)));
}

/// Whether half of the passages have an id: a mistake that only the bindings can see.
bool half_named(const Json& source) {
  return source.is_array() && !Passages(source).ids.empty() && Passages(source).ids.size() != source.size();
}

}  // namespace

TEST_CASE("verify agrees with its vectors") {
  for (const auto& test : load_vectors("verifier")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      if (half_named(given.at("source"))) continue;
      const Exact response(given.at("response"));
      const Passages source(given.at("source"));
      const Result<VerifiedScorer> scorer = scorer_of(given);
      if (!scorer.ok()) {
        CHECK(error_json(scorer.error()) == test.at("expect"));
        continue;
      }
      const bool atomic = given.value("atomic", false);
      const std::int64_t evidence = given.value("evidence_top_k", kEvidence);
      const auto check = [&](const Result<VerificationResult>& found) {
        const Json actual =
            found.ok() ? Json{{"value", result_json(found.value(), response, source)}} : error_json(found.error());
        CHECK(actual.dump() == test.at("expect").dump());
      };
      check(scorer.value().verify(response.view(), PreparedSource(source.views), atomic, evidence));
      if (given.at("source").is_string()) {
        check(scorer.value().verify(response.view(), source.views[0], atomic, evidence));
      }
    }
  }
}

TEST_CASE("plan and finish agree with their vectors") {
  for (const auto& test : load_vectors("verifier_plan")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Exact response(given.at("response"));
      const Passages source(given.at("source"));
      const VerifiedScorer scorer = scorer_of(given).value();
      const PreparedSource prepared(source.views);
      const VerificationPlan plan =
          scorer.plan(response.view(), prepared, false, given.value("evidence_top_k", kEvidence)).value();
      const Result<VerificationResult> found = scorer.finish(plan, numbers(given.at("scores")));
      if (!found.ok()) {
        CHECK(error_json(found.error()) == test.at("expect"));
        continue;
      }
      const Json& expect = test.at("expect").at("value");
      CHECK(plan.pairs() == expect.at("pairs").size());
      CHECK(result_json(found.value(), response, source).dump() == expect.at("result").dump());
    }
  }
}

TEST_CASE("verify_batch agrees with its vectors, however many threads") {
  for (const auto& test : load_vectors("verifier_batch")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Json &responses = given.at("responses"), &sources = given.at("sources");
      if (test.at("expect").contains("error")) continue;  // the bindings pair responses with sources
      std::vector<std::unique_ptr<Exact>> texts;
      std::vector<PreparedSource> prepared;
      for (const Json& source : sources) prepared.emplace_back(Passages(source).views);
      std::vector<VerificationJob> jobs;
      for (std::size_t i = 0; i < responses.size(); ++i) {
        texts.push_back(std::make_unique<Exact>(responses[i]));
        jobs.push_back({texts.back()->view(), {}, &prepared[sources.size() == 1 ? 0 : i]});
      }
      for (const std::size_t threads : {0, 1, 3}) {
        const auto found = scorer_of(given).value().verify_batch(jobs, false, kEvidence, threads);
        REQUIRE(found.size() == jobs.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
          const Json& expect = test.at("expect").at("value")[i];
          CHECK((expect.at("status") == "error") == !found[i].ok());
          if (!found[i].ok()) continue;
          CHECK(found[i].value().approved == expect.at("approved").get<bool>());
          CHECK(number_json(found[i].value().score).dump() == expect.at("score").dump());
        }
      }
    }
  }
}

TEST_CASE("PreparedSource agrees with its vectors") {
  for (const auto& test : load_vectors("prepared_source")) {
    DYNAMIC_SECTION(test["id"]) {
      if (test.at("expect").contains("error")) continue;  // ids belong to the bindings
      const Passages passages(test.at("given").at("source"));
      const PreparedSource source(passages.views);
      const Json& expect = test.at("expect").at("value");
      CHECK(source.passages() == expect.at("passages").get<std::size_t>());
      CHECK(source.sentences() == expect.at("sentences").get<std::size_t>());
      CHECK(source.characters() == expect.at("characters").get<std::size_t>());
      for (std::size_t i = 0; i < source.passages(); ++i) CHECK(source.passage(i) == passages.views[i]);
    }
  }
}

}  // namespace paritas::tests
