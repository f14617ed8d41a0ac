#include "paritas/verify/verifier.hpp"

#include <pybind11/numpy.h>

#include <deque>
#include <unordered_map>

#include "bindings.hpp"
#include "integers.hpp"
#include "prepared_source.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

// Below this many bytes a call ends before another thread could have used the GIL.
constexpr std::size_t kShort = 4096;

py::object nli(const char* function) { return py::module_::import("paritas.nli").attr(function); }

/// A Python str that lives as long as the process.
template <class Name>
py::object word(Name value) {
  static PyObject* words[32] = {};
  PyObject*& known = words[static_cast<std::size_t>(value)];
  if (known == nullptr) {
    const std::string_view text = name(value);
    known = py::str(text.data(), text.size()).release().ptr();
  }
  return py::reinterpret_borrow<py::object>(known);
}

py::object optional_bool(std::optional<bool> value) { return value ? py::object(py::bool_(*value)) : py::none(); }

/// The texts that a result speaks of. The source's offsets count in all its passages.
struct SpokenOf {
  std::string_view response, source;
  const OffsetMap &in_response, &in_source;
  const PreparedSource* prepared;  // nothing for one text
  py::object ids;

  [[nodiscard]] std::size_t start(std::uint32_t passage) const {
    return prepared == nullptr ? 0 : prepared->start(passage);
  }
  [[nodiscard]] std::string_view passage(std::uint32_t number) const {
    return prepared == nullptr ? source : prepared->passage(number);
  }
};

class Results {
 public:
  explicit Results(const SpokenOf& texts) : texts_(texts) {}

  py::object result(const VerificationResult& found) {
    static const Record record("VerificationResult", "paritas.results_verify");
    py::list reasons(found.reasons.size());
    for (std::size_t i = 0; i < found.reasons.size(); ++i) {
      PyList_SET_ITEM(reasons.ptr(), static_cast<Py_ssize_t>(i), reason(found.reasons[i]).release().ptr());
    }
    py::list ordered(found.reasons.size());
    Py_ssize_t at = 0;
    for (const std::uint32_t i : decisive_first(found)) {
      PyList_SET_ITEM(ordered.ptr(), at++, py::object(reasons[i]).release().ptr());
    }
    py::list claims(found.claims.size());
    for (std::size_t i = 0; i < found.claims.size(); ++i) {
      PyList_SET_ITEM(claims.ptr(), static_cast<Py_ssize_t>(i), claim(found, i, reasons).release().ptr());
    }
    const auto count = [&](Verdict verdict) { return std::size_t{found.counts[static_cast<std::size_t>(verdict)]}; };
    return record.make(found.approved, found.score, word(found.confidence), py::object(std::move(claims)),
                       count(Verdict::supported), count(Verdict::contradicted), count(Verdict::fabricated),
                       count(Verdict::unverifiable), found.coverage, py::object(std::move(ordered)),
                       word(found.status));
  }

 private:
  py::object claim(const VerificationResult& found, std::size_t index, const py::list& all) {
    static const Record record("ClaimVerdict", "paritas.results_verify");
    const ClaimVerdict& claim = found.claims[index];
    py::list reasons(claim.reasons_end - claim.reasons), evidence(claim.evidence_end - claim.evidence);
    for (std::uint32_t i = claim.reasons; i < claim.reasons_end; ++i) {
      PyList_SET_ITEM(reasons.ptr(), static_cast<Py_ssize_t>(i - claim.reasons), py::object(all[i]).release().ptr());
    }
    for (std::uint32_t i = claim.evidence; i < claim.evidence_end; ++i) {
      PyList_SET_ITEM(evidence.ptr(), static_cast<Py_ssize_t>(i - claim.evidence),
                      evidence_of(found.evidence[i]).release().ptr());
    }
    const bool there = claim.source_index != kNoPassage;
    return record.make(cut(texts_.response, claim.span), span_record(claim.span, texts_.in_response), index,
                       there ? sentence(claim.source_index, claim.passage, claim.source_span) : py::object(py::str()),
                       there ? static_cast<int>(claim.source_index) : -1,
                       there ? source_span(claim.passage, claim.source_span) : py::object(py::none()),
                       there ? static_cast<int>(claim.passage) : -1, claim.probability, 1.0 - claim.probability,
                       claim.entity_match, optional_bool(claim.numerical_match), claim.negation_flip,
                       claim.traceability, word(claim.verdict), claim.confidence, py::object(std::move(reasons)),
                       py::object(std::move(evidence)), claim.is_atomic);
  }

  py::object evidence_of(const SourceSpan& span) {
    static const Record record("SourceSpan", "paritas.results_verify");
    return record.make(sentence(span.index, span.passage, span.span), std::size_t{span.index},
                       source_span(span.passage, span.span), std::size_t{span.passage},
                       texts_.ids.is_none() ? py::object(py::none()) : py::object(py::list(texts_.ids)[span.passage]),
                       span.score, 1.0 - span.score, span.entity_match, optional_bool(span.numerical_match));
  }

  py::object reason(const Reason& reason) {
    static const Record record("Reason", "paritas.results_verify");
    const bool there = reason.passage != kNoPassage;
    const bool claimed = reason.code != ReasonCode::no_claims;
    const std::string_view passage = there ? texts_.passage(reason.passage) : std::string_view();
    return record.make(word(reason.code), message(reason, texts_.response, passage), reason.decisive,
                       claimed ? span_record(reason.claim_span, texts_.in_response) : py::object(py::none()),
                       there ? source_span(reason.passage, reason.source_span) : py::object(py::none()),
                       there ? static_cast<int>(reason.passage) : -1);
  }

  static std::string_view cut(std::string_view text, Span span) {
    return text.substr(span.start, span.end - span.start);
  }

  py::object source_span(std::uint32_t passage, Span span) {
    static const Record record("Span");
    const std::size_t start = texts_.start(passage);
    const std::size_t before = texts_.in_source.codepoint(start);
    return record.make(texts_.in_source.codepoint(start + span.start) - before,
                       texts_.in_source.codepoint(start + span.end) - before);
  }

  /// The text of a source sentence: one str however many claims it speaks of, or many claims about a long one would
  /// square.
  py::object sentence(std::uint32_t index, std::uint32_t passage, Span span) {
    py::object& known = sentences_[index];
    if (known.ptr() == nullptr) {
      const std::string_view text = cut(texts_.passage(passage), span);
      known = py::str(text.data(), text.size());
    }
    return known;
  }

  const SpokenOf& texts_;
  std::unordered_map<std::uint32_t, py::object> sentences_;
};

py::object result_of(const VerificationResult& found, std::string_view response, std::string_view source) {
  const OffsetMap in_response(response), in_source(source);
  const SpokenOf texts{response, source, in_response, in_source, nullptr, py::none()};
  return Results(texts).result(found);
}

py::object result_of(const VerificationResult& found, std::string_view response, const SourceHandle& source) {
  const OffsetMap in_response(response);
  const SpokenOf texts{response, {}, in_response, source.offsets(), &source.source(), source.ids()};
  return Results(texts).result(found);
}

/// A verification that waits for a model, with the texts that it speaks of.
struct PlanHandle {
  VerificationPlan plan;
  std::string response;
  std::shared_ptr<SourceHandle> source;

  [[nodiscard]] py::list pairs() const {
    py::list out;
    std::unordered_map<std::uint32_t, py::object> sentences;  // one str however many claims it is held against
    const auto cut = [](std::string_view text, Span span) {
      const std::string_view piece = text.substr(span.start, span.end - span.start);
      return py::str(piece.data(), piece.size());
    };
    for (std::size_t i = 0; i < plan.claims.size(); ++i) {
      if (!plan.claims[i].modelled) continue;
      const ClaimVerdict& claim = plan.draft.claims[i];
      for (std::uint32_t at = claim.evidence; at < claim.evidence_end; ++at) {
        const SourceSpan& span = plan.draft.evidence[at];
        py::object& premise = sentences[span.index];
        if (premise.ptr() == nullptr) premise = cut(source->source().passage(span.passage), span.span);
        out.append(py::make_tuple(premise, cut(response, claim.span)));
      }
    }
    return out;
  }
};

std::shared_ptr<SourceHandle> handle_of(const py::handle& source) {
  if (py::isinstance<SourceHandle>(source)) return source.cast<std::shared_ptr<SourceHandle>>();
  return read_source(source, py::none());
}

class Scorer {
 public:
  Scorer(py::object nli_scorer, const VerifiedScorer& scorer) : nli_scorer_(std::move(nli_scorer)), scorer_(scorer) {}

  [[nodiscard]] const py::object& nli_scorer() const { return nli_scorer_; }
  [[nodiscard]] const VerifierOptions& options() const { return scorer_.options(); }

  py::object verify(const py::handle& response, const py::handle& source, bool atomic, std::int64_t evidence) const {
    if (!nli_scorer_.is_none()) {
      const PlanHandle plan = this->plan(response, source, atomic, evidence);
      return finish(plan, nli("ask")(nli_scorer_, plan.pairs()));
    }
    Text said;
    said.read(response);
    if (PyUnicode_Check(source.ptr())) {
      Text there;
      there.read(source);
      const auto call = [&] { return scorer_.verify(said, there, atomic, evidence); };
      const bool brief = said.view().size() + there.view().size() < kShort;
      return result_of(unwrap(brief ? call() : unlocked(call)), said, there);
    }
    const std::shared_ptr<SourceHandle> handle = handle_of(source);
    const auto call = [&] { return scorer_.verify(said, handle->source(), atomic, evidence); };
    return result_of(unwrap(said.view().size() < kShort ? call() : unlocked(call)), said, *handle);
  }

  [[nodiscard]] PlanHandle plan(const py::handle& response, const py::handle& source, bool atomic,
                                std::int64_t evidence) const {
    Text said;
    said.read(response);
    PlanHandle out{{}, std::string(said.view()), handle_of(source)};
    out.plan = unwrap(unlocked([&] { return scorer_.plan(out.response, out.source->source(), atomic, evidence); }));
    return out;
  }

  /// scores: None for no model, else a list of floats of nli.numbers().
  [[nodiscard]] py::object finish(const PlanHandle& plan, const py::handle& scores) const {
    if (scores.is_none()) return result_of(scorer_.finish(plan.plan), plan.response, *plan.source);
    Doubles numbers;
    numbers.read(scores);
    return result_of(unwrap(scorer_.finish(plan.plan, numbers)), plan.response, *plan.source);
  }

  py::list verify_batch(const py::handle& responses, const py::handle& sources, bool atomic, std::int64_t evidence,
                        std::int64_t threads) const;

 private:
  py::object nli_scorer_;
  VerifiedScorer scorer_;
};

/// What a Python call raises, as the failed result of one pair; anything but a ParitasError goes on.
py::object failed(py::error_already_set& error) {
  static const Record result("VerificationResult", "paritas.results_verify");
  static const Record reason_record("Reason", "paritas.results_verify");
  if (!error.matches(py::module_::import("paritas.errors").attr("ParitasError"))) throw;
  const py::object value = error.value();
  py::list reasons;
  reasons.append(reason_record.make(py::object(value.attr("code")), py::object(py::str(value)), false,
                                    py::object(py::none()), py::object(py::none()), -1));
  return result.make(false, 0.0, std::string_view("low"), py::object(py::list()), 0, 0, 0, 0, 0.0,
                     py::object(std::move(reasons)), std::string_view("error"));
}

/// What is lent of the texts of one pair of a batch.
struct Lent {
  Text response, source;
  std::shared_ptr<SourceHandle> handle;  // nothing for one text
  py::object failure;
};

/// Stands in for a source that could not be read.
const std::shared_ptr<SourceHandle>& nothing() {
  static const auto* const handle =
      new std::shared_ptr<SourceHandle>(std::make_shared<SourceHandle>(std::span<const std::string_view>()));
  return *handle;
}

py::list list_items(const py::handle& items, const char* needed) {
  const bool text = PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr()) || PyByteArray_Check(items.ptr());
  if (text || !py::hasattr(items, "__iter__")) raise_type(needed, items);
  return py::list(py::reinterpret_borrow<py::object>(items));
}

py::list Scorer::verify_batch(const py::handle& responses, const py::handle& sources, bool atomic,
                              std::int64_t evidence, std::int64_t threads) const {
  const py::list said = list_items(responses, "a sequence of str");
  if (threads < 0) raise({ErrorCode::invalid_argument, "threads must be at least 0"});
  if (evidence < 0 || evidence > kMostEvidence) {
    raise({ErrorCode::invalid_argument, "evidence_top_k must be from 0 to 100"});
  }
  py::list there;
  if (PyUnicode_Check(sources.ptr()) || py::isinstance<SourceHandle>(sources)) {
    there.append(sources);
  } else {
    there = list_items(sources, "a sequence of sources");
  }
  if (there.size() != said.size() && there.size() != 1) {
    raise({ErrorCode::length_mismatch, "sources must be as many as responses, or one for all: " +
                                           std::to_string(there.size()) + " for " + std::to_string(said.size())});
  }
  const bool asks = !nli_scorer_.is_none();
  // One source for all is read once.
  std::shared_ptr<SourceHandle> common;
  std::deque<Lent> lent(said.size());
  std::vector<VerificationJob> jobs(said.size());
  for (std::size_t i = 0; i < said.size(); ++i) {
    const py::handle source = there[there.size() == 1 ? 0 : i];
    try {
      if (there.size() == 1 && common != nullptr) {
        lent[i].handle = common;
      } else if (PyUnicode_Check(source.ptr()) && !asks && (there.size() > 1 || said.size() == 1)) {
        lent[i].source.read(source);
      } else {
        lent[i].handle = common = handle_of(source);
      }
      lent[i].response.read(said[i]);
      jobs[i] = {lent[i].response, lent[i].source, lent[i].handle ? &lent[i].handle->source() : nullptr};
    } catch (py::error_already_set& error) {
      lent[i].failure = failed(error);
    }
    if (asks && jobs[i].prepared == nullptr) jobs[i].prepared = &nothing()->source();
  }
  py::list out(said.size());
  const auto put = [&](std::size_t i, const auto& make) {
    py::object result = lent[i].failure;
    if (result.ptr() == nullptr) {
      try {
        result = make();
      } catch (py::error_already_set& error) {
        result = failed(error);
      }
    }
    PyList_SET_ITEM(out.ptr(), static_cast<Py_ssize_t>(i), result.release().ptr());
  };
  const auto workers = static_cast<std::size_t>(threads);
  if (!asks) {
    const auto found = unlocked([&] { return scorer_.verify_batch(jobs, atomic, evidence, workers); });
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      put(i, [&] {
        const VerificationResult result = unwrap(found[i]);
        return lent[i].handle != nullptr ? result_of(result, lent[i].response, *lent[i].handle)
                                         : result_of(result, lent[i].response, lent[i].source);
      });
    }
    return out;
  }
  auto plans = unlocked([&] { return scorer_.plan_batch(jobs, atomic, evidence, workers); });
  std::vector<PlanHandle> handles(jobs.size());
  py::list pairs;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (lent[i].failure.ptr() != nullptr || !plans[i].ok()) continue;
    handles[i] = {std::move(plans[i]).value(), std::string(lent[i].response.view()), lent[i].handle};
    for (const py::handle pair : handles[i].pairs()) pairs.append(pair);
  }
  const py::list answers = nli("ask")(nli_scorer_, pairs);
  std::size_t at = 0;
  // A model that answers too few is not the fault of one pair.
  if (answers.size() != pairs.size()) {
    raise({ErrorCode::invalid_argument, "scores must be as many as pairs: " + std::to_string(answers.size()) + " for " +
                                            std::to_string(pairs.size())});
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    put(i, [&] {
      if (!plans[i].ok()) raise(plans[i].error());
      const std::size_t count = handles[i].plan.pairs();
      const py::object own = answers[py::slice(static_cast<py::ssize_t>(at), static_cast<py::ssize_t>(at + count), 1)];
      at += count;
      return finish(handles[i], own);
    });
  }
  return out;
}

Scorer scorer_of(py::object nli_scorer, Real nli_threshold, Real support_threshold, Real min_confidence,
                 Real approve_threshold, Real nli_weight, const Text& nli_direction, Whole max_chars) {
  VerifierOptions options;
  options.nli_threshold = nli_threshold;
  options.support_threshold = support_threshold;
  options.min_confidence = min_confidence;
  options.approve_threshold = approve_threshold;
  options.nli_weight = nli_weight;
  return {std::move(nli_scorer), unwrap(VerifiedScorer::create(options, nli_direction, max_chars))};
}

py::object score_batch(const Scorer& self, const py::handle& responses, const py::handle& sources, bool atomic,
                       std::int64_t threads) {
  static const Record record("VerificationScores", "paritas.results_verify");
  const py::list results = self.verify_batch(responses, sources, atomic, kEvidence, threads);
  const auto count = static_cast<py::ssize_t>(results.size());
  py::array_t<bool> approved(count);
  py::array_t<double> score(count), coverage(count);
  for (py::ssize_t i = 0; i < count; ++i) {
    const auto result = py::reinterpret_borrow<py::tuple>(results[static_cast<std::size_t>(i)]);
    approved.mutable_at(i) = result[0].cast<bool>();
    score.mutable_at(i) = result[1].cast<double>();
    coverage.mutable_at(i) = result[8].cast<double>();
  }
  return record.make(py::object(std::move(approved)), py::object(std::move(score)), py::object(std::move(coverage)));
}

}  // namespace

void bind_verifier(py::module_& m) {
  const VerifierOptions defaults;
  py::class_<PlanHandle>(m, "VerificationPlan",
                         "A verification that waits for a model: `pairs` are what to ask it, VerifiedScorer.finish "
                         "takes the answers.")
      .def_property_readonly("pairs", &PlanHandle::pairs,
                             "(premise, hypothesis) of each question: a source sentence and a claim.");
  py::class_<Scorer>(m, "VerifiedScorer",
                     "Compares responses with their sources: a verdict with reasons for each claim, and a score of the "
                     "whole.")
      .def(
          py::init(&scorer_of), py::arg("nli_scorer") = py::none(), py::arg("nli_threshold") = defaults.nli_threshold,
          py::arg("support_threshold") = defaults.support_threshold,
          py::arg("min_confidence") = defaults.min_confidence,
          py::arg("approve_threshold") = defaults.approve_threshold, py::arg("nli_weight") = defaults.nli_weight,
          py::arg("nli_direction") = "entailment", py::arg("max_chars") = defaults.max_chars,
          R"(nli_scorer:        a stronger judge of entailment, asked for each claim that the rules leave open: an object
                   with score_batch(pairs) or score(premise, hypothesis), or a callable on a list of such pairs
nli_threshold:     divergence from which a claim with something missing is fabricated
support_threshold: divergence up to which a claim is supported
min_confidence:    a verdict below it becomes unverifiable
approve_threshold: least score of an approved response
nli_weight:        share of the nli_scorer in a probability
nli_direction:     what it returns: "entailment" probability, or "divergence", its complement
max_chars:         longest response and source, in code points
Errors:            invalid_argument)")
      .def_property_readonly("nli_scorer", &Scorer::nli_scorer)
      .def(
          "verify",
          [](const Scorer& self, const py::object& response, const py::object& source, const Flag& atomic,
             const Whole& evidence_top_k) { return self.verify(response, source, atomic, evidence_top_k); },
          py::arg("response"), py::arg("source"), py::arg("atomic") = false, py::arg("evidence_top_k") = kEvidence,
          R"(Verifies a response against a source: a str, a list of passages, or a PreparedSource.

atomic:         checks the parts of sentences that stand alone, see split_claims
evidence_top_k: source sentences that are kept for each claim, 0 to 100; no verdict depends on it without an nli_scorer
Returns: VerificationResult
Errors:  limit_exceeded for a text of more than max_chars, invalid_argument; what the nli_scorer raises)")
      .def(
          "averify",
          [](const py::object& self, const py::object& response, const py::object& source, const Flag& atomic,
             const Whole& evidence_top_k, const py::object& timeout) {
            return nli("ask_later")(self, self.cast<const Scorer&>().plan(response, source, atomic, evidence_top_k),
                                    timeout);
          },
          py::arg("response"), py::arg("source"), py::arg("atomic") = false, py::arg("evidence_top_k") = kEvidence,
          py::kw_only(), py::arg("timeout") = py::none(),
          R"(verify for an nli_scorer that may be a coroutine, without blocking the event loop.

timeout: seconds that the nli_scorer may take; a TimeoutError after that
Returns: an awaitable of a VerificationResult)")
      .def(
          "verify_batch",
          [](const Scorer& self, const py::object& responses, const py::object& sources, const Flag& atomic,
             const Whole& evidence_top_k,
             const Whole& threads) { return self.verify_batch(responses, sources, atomic, evidence_top_k, threads); },
          py::arg("responses"), py::arg("sources"), py::arg("atomic") = false, py::arg("evidence_top_k") = kEvidence,
          py::arg("threads") = 0,
          R"(verify for many responses, in one call of the nli_scorer.

sources: as many as responses, or one for all of them; each a str, a list of passages, or a PreparedSource
threads: 0 for all cores; never changes a result
Returns: list of VerificationResult; a pair that cannot be verified has the status "error" and the error as its reason
Errors:  length_mismatch, invalid_argument; what the nli_scorer raises)")
      .def(
          "score_batch",
          [](const Scorer& self, const py::object& responses, const py::object& sources, const Flag& atomic,
             const Whole& threads) { return score_batch(self, responses, sources, atomic, threads); },
          py::arg("responses"), py::arg("sources"), py::arg("atomic") = false, py::arg("threads") = 0,
          R"(The outcome of verify for many responses, without their claims. Needs NumPy.

Returns: VerificationScores(approved, score, coverage) of arrays, one row for each response)")
      .def(
          "plan",
          [](const Scorer& self, const py::object& response, const py::object& source, const Flag& atomic,
             const Whole& evidence_top_k) { return self.plan(response, source, atomic, evidence_top_k); },
          py::arg("response"), py::arg("source"), py::arg("atomic") = false, py::arg("evidence_top_k") = kEvidence,
          "The first half of verify: everything but what a model says about `pairs`.")
      .def(
          "finish",
          [](const Scorer& self, const py::object& plan, const py::object& scores) {
            if (!py::isinstance<PlanHandle>(plan)) raise_type("a VerificationPlan", plan);
            return self.finish(plan.cast<const PlanHandle&>(), nli("numbers")(scores));
          },
          py::arg("plan"), py::arg("scores"), "The second half: one score for each pair of the plan.")
      .def(
          "_finish",
          [](const Scorer& self, const PlanHandle& plan, const py::object& scores) {
            return self.finish(plan, scores);
          },
          py::arg("plan"), py::arg("scores"));
  const py::object type = m.attr("VerifiedScorer");
  m.def(
      "verify",
      [type](const py::object& response, const py::object& source, const Flag& atomic, const Whole& evidence_top_k,
             const py::kwargs& options) {
        if (options.empty()) {
          const Scorer plain{py::none(), VerifiedScorer::create({}).value()};
          return plain.verify(response, source, atomic, evidence_top_k);
        }
        return type(**options).cast<const Scorer&>().verify(response, source, atomic, evidence_top_k);
      },
      py::arg("response"), py::arg("source"), py::arg("atomic") = false, py::arg("evidence_top_k") = kEvidence,
      R"(Verifies a response against a source, with a VerifiedScorer of these options.

source:  a str, a list of passages, or a PreparedSource
Returns: VerificationResult)");
  m.def(
      "verify_batch",
      [type](const py::object& responses, const py::object& sources, const Flag& atomic, const Whole& evidence_top_k,
             const Whole& threads, const py::kwargs& options) {
        return type(**options).cast<const Scorer&>().verify_batch(responses, sources, atomic, evidence_top_k, threads);
      },
      py::arg("responses"), py::arg("sources"), py::arg("atomic") = false, py::arg("evidence_top_k") = kEvidence,
      py::arg("threads") = 0,
      R"(Verifies many responses, with a VerifiedScorer of these options.

sources: as many as responses, or one for all of them
Returns: list of VerificationResult)");
}

}  // namespace paritas::python
