#include "paritas/verify/coherence.hpp"

#include "documents.hpp"
#include "exact.hpp"

namespace paritas::tests {
namespace {

Json units(const Span& span, std::string_view text) { return Exact(std::string(text)).span(span); }

Json reason_of(std::string_view code, const std::string& said, bool decisive, Json claim, Json source) {
  const int passage = source.is_null() ? -1 : 0;
  return {{"code", code},        {"message", said},       {"decisive", decisive},
          {"claim_span", claim}, {"source_span", source}, {"passage", passage}};
}

Json score_of(const CoherencePlan& plan, const CoherenceScore& score, std::string_view answer) {
  const std::string evidence = plan.evidence.value_or("");
  Json reasons = Json::array();
  for (const std::uint32_t i : decisive_first(score.verification)) {
    const Reason& reason = score.verification.reasons[i];
    const bool there = reason.passage != kNoPassage, claimed = reason.code != ReasonCode::no_claims;
    reasons.push_back(reason_of(name(reason.code), message(reason, answer, evidence), reason.decisive,
                                claimed ? units(reason.claim_span, answer) : Json(),
                                there ? units(reason.source_span, evidence) : Json()));
  }
  for (const LogicalConflict& conflict : plan.conflicts) {
    reasons.push_back(
        reason_of(name(conflict.code), conflict.message, true, units(conflict.claim_span, answer), nullptr));
  }
  if (score.logic_ignored) {
    Reason reason{};
    reason.code = ReasonCode::nli_invalid;
    reasons.push_back(reason_of(name(reason.code), message(reason, {}, {}), false, nullptr, nullptr));
  }
  return {{"score", score.score},
          {"approved", score.approved},
          {"h_logical", score.h_logical},
          {"h_factual", score.h_factual ? Json(*score.h_factual) : Json()},
          {"warning", score.warning},
          {"evidence", plan.evidence ? Json(*plan.evidence) : Json()},
          {"reasons", reasons}};
}

CoherenceOptions options_of(const Json& given) {
  CoherenceOptions options;
  for (const auto& [key, value] : given.items()) {
    if (key == "threshold")
      options.threshold = number(value);
    else if (key == "soft_limit")
      options.soft_limit = number(value);
    else if (key == "w_logic")
      options.w_logic = number(value);
    else if (key == "w_fact")
      options.w_fact = number(value);
    else if (key == "top_k")
      options.top_k = value;
    else if (key == "tenant_id")
      options.tenant_id = value;
    else if (key == "allow_no_evidence")
      options.allow_no_evidence = value;
    else
      FAIL("unknown option " << key);
  }
  return options;
}

Json run(const Json& given) {
  FactStore facts = FactStore::create().value();
  for (const Json& fact : given.value("facts", Json::array())) {
    const std::string tenant = fact.size() > 2 ? fact[2].get<std::string>() : std::string();
    REQUIRE(facts.add(id_of(fact[0]), fact[1].get<std::string>(), tenant).ok());
  }
  const auto scorer = CoherenceScorer::create(options_of(given.value("options", Json::object())));
  if (!scorer.ok()) return outcome(Result<bool>(scorer.error()));
  const std::string prompt = given.at("prompt"), answer = given.at("answer"), context = given.value("context", "");
  const auto plan = scorer.value().plan(
      prompt, answer, given.contains("context") ? std::optional<std::string_view>(context) : std::nullopt,
      given.contains("facts") ? &facts : nullptr);
  if (!plan.ok()) return outcome(Result<bool>(plan.error()));
  Json value;
  if (given.contains("scores")) {
    const auto score = scorer.value().finish(plan.value(), numbers(given["scores"]));
    if (!score.ok()) return outcome(Result<bool>(score.error()));
    value = score_of(plan.value(), score.value(), answer);
  } else {
    value = score_of(plan.value(), scorer.value().finish(plan.value()), answer);
  }
  if (!given.contains("fields")) return {{"value", value}};
  Json chosen = Json::object();
  for (const Json& field : given["fields"]) chosen[field.get<std::string>()] = value.at(field.get<std::string>());
  return {{"value", chosen}};
}

}  // namespace

TEST_CASE("CoherenceScorer agrees with its vectors") {
  for (const auto& test : load_vectors("coherence")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(run(test.at("given")).dump() == test.at("expect").dump()); }
  }
}

TEST_CASE("an answer of many sentences is read in little more than linear time") {
  const CoherenceScorer scorer = CoherenceScorer::create().value();
  std::string answer;
  for (int i = 0; i < 20'000; ++i) answer += "Item " + std::to_string(i) + " is red. ";
  const CoherencePlan plan = scorer.plan("Is it?", answer).value();
  CHECK(plan.verification.claims.size() == 20'000);
  CHECK_FALSE(scorer.finish(plan).approved);
}

}  // namespace paritas::tests
