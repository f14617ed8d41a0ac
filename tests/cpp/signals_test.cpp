#include "paritas/verify/signals.hpp"

#include "exact.hpp"
#include "paritas/text/sentences.hpp"
#include "paritas/text/terms.hpp"
#include "paritas/verify/entities.hpp"
#include "paritas/verify/numbers.hpp"
#include "paritas/verify/polarity.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

Json value(Json found) { return {{"value", std::move(found)}}; }

Json number_json(double found) { return outcome(found)["value"]; }

/// One loop over the vectors of a function of one text.
template <class Call>
void check_single(const std::string& stem, Call call) {
  for (const auto& test : load_vectors(stem)) {
    DYNAMIC_SECTION(stem << ' ' << test["id"]) {
      const Exact text(test.at("given").at("text"));
      CHECK(value(call(text)).dump() == test.at("expect").dump());
    }
  }
}

template <class Call>
void check_pair(const std::string& stem, const char* first, const char* second, Call call) {
  for (const auto& test : load_vectors(stem)) {
    DYNAMIC_SECTION(stem << ' ' << test["id"]) {
      const Exact a(test.at("given").at(first)), b(test.at("given").at(second));
      CHECK(value(call(a, b)).dump() == test.at("expect").dump());
    }
  }
}

}  // namespace

TEST_CASE("terms agree with their vectors") {
  check_single("terms", [](const Exact& text) {
    return Exact::list(terms(text.view()), [&](const Term& term) {
      return Json{{"kind", name(term.kind)}, {"span", text.span(term.span)}, {"key", term.key},
                  {"stem", term.stem},       {"negated", term.negated},      {"space_before", term.space_before}};
    });
  });
}

TEST_CASE("sentences agree with their vectors") {
  check_single("sentences", [](const Exact& text) {
    return Exact::list(sentences(text.view()), [&](const Span& span) { return text.span(span); });
  });
}

TEST_CASE("extract_numbers agrees with its vectors") {
  check_single("numbers", [](const Exact& text) {
    return Exact::list(extract_numbers(text.view()), [&](const Number& number) {
      return Json{{"kind", number.kind},
                  {"value", number_json(number.value)},
                  {"unit", number.unit},
                  {"dimension", number.dimension},
                  {"per", number.per},
                  {"op", number.op},
                  {"soft", number.soft},
                  {"nouns", number.nouns},
                  {"year", number.year},
                  {"month", number.month},
                  {"day", number.day},
                  {"ambiguous", number.ambiguous},
                  {"span", text.span(number.span)}};
    });
  });
}

TEST_CASE("extract_entities agrees with its vectors") {
  check_single("entities", [](const Exact& text) {
    return Exact::list(extract_entities(text.view()), [&](const Entity& entity) {
      return Json{{"span", text.span(entity.span)}, {"keys", entity.keys}, {"strong", entity.strong}};
    });
  });
}

TEST_CASE("extract_cues agrees with its vectors") {
  check_single("polarity", [](const Exact& text) {
    return Exact::list(extract_cues(text.view()), [&](const Cue& cue) {
      return Json{{"span", text.span(cue.span)},
                  {"scope", Exact::list(cue.scope, [&](const Span& span) { return text.span(span); })}};
    });
  });
}

TEST_CASE("the four signals agree with their vectors") {
  check_pair("signals_entity_overlap", "text_a", "text_b",
             [](const Exact& a, const Exact& b) { return number_json(entity_overlap(a.view(), b.view())); });
  check_pair("signals_numerical_consistency", "claim", "source", [](const Exact& claim, const Exact& source) {
    const std::optional<bool> found = numerical_consistency(claim.view(), source.view());
    return found ? Json(*found) : Json(nullptr);
  });
  check_pair("signals_negation_flip", "claim", "source",
             [](const Exact& claim, const Exact& source) { return Json(negation_flip(claim.view(), source.view())); });
  check_pair("signals_traceability", "claim", "source", [](const Exact& claim, const Exact& source) {
    return number_json(traceability(claim.view(), source.view()));
  });
}

TEST_CASE("signals agree with their vectors") {
  check_pair("signals", "claim", "source", [](const Exact& claim, const Exact& source) {
    const Signals found = signals(claim.view(), source.view());
    const auto claim_span = [&](const Span& span) { return claim.span(span); };
    return Json{
        {"entity_overlap", number_json(found.entity_overlap)},
        {"numerical_consistency", found.numerical_consistency ? Json(*found.numerical_consistency) : Json(nullptr)},
        {"negation_flip", found.negation_flip},
        {"traceability", number_json(found.traceability)},
        {"novel_entities", Exact::list(found.novel_entities, claim_span)},
        {"numbers", Exact::list(found.numbers,
                                [&](const NumberMatch& match) {
                                  const bool there = match.status != NumberStatus::missing;
                                  return Json{{"claim_span", claim_span(match.claim_span)},
                                              {"source_span", there ? source.span(match.source_span) : Json(nullptr)},
                                              {"status", name(match.status)}};
                                })},
        {"polarity", Exact::list(found.polarity,
                                 [&](const PolarityMatch& match) {
                                   return Json{{"claim_span", claim_span(match.claim_span)},
                                               {"source_span", source.span(match.source_span)},
                                               {"kind", name(match.kind)}};
                                 })},
        {"missing", Exact::list(found.missing, claim_span)},
        {"best_source", found.best_source ? source.span(*found.best_source) : Json(nullptr)}};
  });
}

TEST_CASE("signals_batch agrees with its vectors, however many threads") {
  for (const auto& test : load_vectors("signals_batch")) {
    DYNAMIC_SECTION(test["id"]) {
      const auto texts = [&](const char* key) { return test.at("given").at(key).get<std::vector<std::string>>(); };
      const std::vector<std::string> claims = texts("claims"), sources = texts("sources");
      const std::vector<std::string_view> left(claims.begin(), claims.end()), right(sources.begin(), sources.end());
      for (const std::int32_t threads : {0, 1, 3}) {
        const Result<SignalsBatch> found = signals_batch(left, right, threads);
        if (!found.ok()) {
          CHECK(Json{{"error", {{"code", name(found.error().code)}, {"offset", found.error().offset}}}} ==
                test.at("expect"));
          continue;
        }
        Json flips = Json::array();
        for (const std::uint8_t flip : found.value().negation_flip) flips.push_back(flip == 1);
        CHECK(value({{"entity_overlap", found.value().entity_overlap},
                     {"numerical_consistency", found.value().numerical_consistency},
                     {"negation_flip", flips},
                     {"traceability", found.value().traceability}}) == test.at("expect"));
      }
    }
  }
  CHECK(signals_batch({}, {}, -1).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("ill-formed bytes count as U+FFFD") {
  const Exact broken(
      std::string("Tim \xE2\x82 met \xFF"
                  "Bob in 5\xC3 days. \xF0\x9F\x98")),
      whole(std::string("Tim \xEF\xBF\xBD met \xEF\xBF\xBD"
                        "Bob in 5\xEF\xBF\xBD days. \xEF\xBF\xBD"));
  const std::vector<Term> a = terms(broken.view()), b = terms(whole.view());
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].key == b[i].key);
    CHECK(broken.span(a[i].span)["codepoint"] == whole.span(b[i].span)["codepoint"]);
  }
  CHECK(traceability(broken.view(), whole.view()) == 1.0);
}

}  // namespace paritas::tests
