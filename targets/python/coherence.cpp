#include "paritas/verify/coherence.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object text_of(std::string_view text) { return py::str(text.data(), text.size()); }

py::object reason_record(std::string_view code, const std::string& said, bool decisive, py::object claim,
                         py::object source) {
  static const Record record("Reason", "paritas.results_verify");
  const int passage = source.is_none() ? -1 : 0;
  return record.make(code, said, decisive, std::move(claim), std::move(source), passage);
}

/// The reasons of the verification, decisive ones first, then those of the logic.
py::list reasons(const CoherencePlan& plan, const CoherenceScore& score, std::string_view answer) {
  const std::string_view evidence = plan.evidence ? std::string_view(*plan.evidence) : std::string_view();
  const OffsetMap in_answer(answer), in_evidence(evidence);
  py::list out;
  for (const std::uint32_t i : decisive_first(score.verification)) {
    const Reason& reason = score.verification.reasons[i];
    const bool there = reason.passage != kNoPassage, claimed = reason.code != ReasonCode::no_claims;
    out.append(reason_record(name(reason.code), message(reason, answer, evidence), reason.decisive,
                             claimed ? span_record(reason.claim_span, in_answer) : py::object(py::none()),
                             there ? span_record(reason.source_span, in_evidence) : py::object(py::none())));
  }
  for (const LogicalConflict& conflict : plan.conflicts) {
    out.append(reason_record(name(conflict.code), conflict.message, true, span_record(conflict.claim_span, in_answer),
                             py::none()));
  }
  if (score.logic_ignored) {
    Reason reason{};
    reason.code = ReasonCode::nli_invalid;
    out.append(reason_record(name(reason.code), message(reason, {}, {}), false, py::none(), py::none()));
  }
  return out;
}

/// (premise, hypothesis) of each question for a model: source sentences and claims, then the prompt and the answer.
py::list pairs(const CoherencePlan& plan, std::string_view prompt, std::string_view answer) {
  py::list out;
  const VerificationPlan& verification = plan.verification;
  for (std::size_t i = 0; i < verification.claims.size(); ++i) {
    if (!verification.claims[i].modelled) continue;
    const ClaimVerdict& claim = verification.draft.claims[i];
    for (std::uint32_t at = claim.evidence; at < claim.evidence_end; ++at) {
      const SourceSpan& span = verification.draft.evidence[at];
      out.append(
          py::make_tuple(text_of(span.span.of(plan.source.passage(span.passage))), text_of(claim.span.of(answer))));
    }
  }
  out.append(py::make_tuple(text_of(prompt), text_of(answer)));
  return out;
}

class Scorer {
 public:
  Scorer(py::object fact_store, py::object nli_scorer, CoherenceScorer scorer)
      : fact_store_(std::move(fact_store)), nli_scorer_(std::move(nli_scorer)), scorer_(std::move(scorer)) {}

  [[nodiscard]] const py::object& fact_store() const { return fact_store_; }
  [[nodiscard]] const py::object& nli_scorer() const { return nli_scorer_; }

  [[nodiscard]] py::tuple review(const Text& prompt, const Text& answer, const py::object& context) const {
    Text given;
    std::optional<std::string_view> evidence;
    if (!context.is_none()) {
      given.read(context);
      evidence = given.view();
    }
    const FactStore* facts = fact_store_.is_none() ? nullptr : &fact_store_.cast<const FactStore&>();
    const CoherencePlan plan = unwrap(unlocked([&] { return scorer_.plan(prompt, answer, evidence, facts); }));
    CoherenceScore score;
    if (nli_scorer_.is_none()) {
      score = scorer_.finish(plan);
    } else {
      Doubles scores;
      scores.read(py::module_::import("paritas.nli").attr("ask")(nli_scorer_, pairs(plan, prompt, answer)));
      score = unwrap(scorer_.finish(plan, scores));
    }
    static const Record record("CoherenceScore", "paritas.results_coherence");
    const py::object h_factual = score.h_factual ? py::object(py::float_(*score.h_factual)) : py::none();
    const py::object said = plan.evidence ? text_of(*plan.evidence) : py::none();
    return py::make_tuple(score.approved, record.make(score.score, score.approved, score.h_logical, h_factual,
                                                      score.warning, said, py::object(reasons(plan, score, answer))));
  }

 private:
  py::object fact_store_, nli_scorer_;
  CoherenceScorer scorer_;
};

Scorer scorer_of(py::object fact_store, const Real& threshold, const Real& soft_limit, const Real& w_logic,
                 const Real& w_fact, Whole top_k, const Text& tenant_id, const Flag& allow_no_evidence,
                 py::object nli_scorer) {
  if (!fact_store.is_none() && !py::isinstance<FactStore>(fact_store)) raise_type("a FactStore", fact_store);
  CoherenceOptions options;
  options.threshold = threshold;
  options.soft_limit = soft_limit;
  options.w_logic = w_logic;
  options.w_fact = w_fact;
  options.top_k = top_k;
  options.tenant_id = std::string(tenant_id.view());
  options.allow_no_evidence = allow_no_evidence;
  return {std::move(fact_store), std::move(nli_scorer), unwrap(CoherenceScorer::create(options))};
}

}  // namespace

void bind_coherence(py::module_& m) {
  const CoherenceOptions defaults;
  py::class_<Scorer>(m, "CoherenceScorer", R"(Scores an answer by the facts it can lean on and by its logic.

What has no evidence is not approved, and a claim that the evidence contradicts cannot be outvoted.

fact_store:        a FactStore whose best facts are the evidence where a review has no context
threshold:         least score of an approved answer
soft_limit:        an approved answer below it gets a warning
w_logic, w_fact:   what the two divergences take from the score; at least 0, together 1
top_k:             facts that serve as evidence
tenant_id:         whose facts
allow_no_evidence: whether an answer may be approved that nothing speaks of
nli_scorer:        a judge of entailment, as VerifiedScorer takes it; it is asked about the claims and, for the logic,
                   about the prompt and the answer
Errors:            invalid_argument)")
      .def(py::init(&scorer_of), py::arg("fact_store") = py::none(), py::kw_only(),
           py::arg("threshold") = defaults.threshold, py::arg("soft_limit") = defaults.soft_limit,
           py::arg("w_logic") = defaults.w_logic, py::arg("w_fact") = defaults.w_fact,
           py::arg("top_k") = defaults.top_k, py::arg("tenant_id") = "",
           py::arg("allow_no_evidence") = defaults.allow_no_evidence, py::arg("nli_scorer") = py::none())
      .def_property_readonly("fact_store", &Scorer::fact_store)
      .def_property_readonly("nli_scorer", &Scorer::nli_scorer)
      .def("review", &Scorer::review, py::arg("prompt"), py::arg("answer"), py::arg("context") = py::none(),
           R"(Whether an answer is approved, and its CoherenceScore.

h_factual is 1 - VerifiedScorer's score of the answer against the evidence; h_logical is 0.8 where the answer
contradicts what the prompt states or itself, in words about the same matter and names, else 0.2; with an nli_scorer
1 - its entailment of the answer by the prompt.

context: the evidence; None for the best facts of the store
Errors:  limit_exceeded for a text that is too long; what the nli_scorer raises)");
}

}  // namespace paritas::python
