#include "paritas/verify/verifier.hpp"

#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"
#include "paritas/text/offsets.hpp"
#include "verify/judge.hpp"
#include "verify/model.hpp"

namespace paritas {
namespace {

constexpr double kVerbatim = 0.95;      // probability of a claim that stands in the source word for word
constexpr double kVerbatimScore = 0.9;  // least score of a response whose claims all do
constexpr double kCarriedScore = 0.6;   // least score of one that has other claims, all of which cannot be checked
constexpr double kUnchecked = 0.45;     // most that a claim or a response reaches that cannot be checked
constexpr double kCertain = 0.9;        // entailment above which a model overrules what is not firm
constexpr double kHigh = 0.7, kMedium = 0.4;  // mean confidence of the claims

double cap_of(ReasonCode code) {
  constexpr double kCaps[] = {
#define X(id, cap, decisive, message) cap,
      PARITAS_REASONS(X)
#undef X
  };
  return kCaps[static_cast<std::size_t>(code)];
}

/// Reasons that hold whatever a model says.
bool firm(ReasonCode code) { return code == ReasonCode::number_mismatch || code == ReasonCode::entity_mismatch; }

/// Something of the claim is not in the source.
bool absent(ReasonCode code) {
  return code == ReasonCode::number_missing || code == ReasonCode::entity_missing ||
         code == ReasonCode::not_in_source || code == ReasonCode::word_order;
}

double confidence_of(Verdict verdict, double probability) {
  switch (verdict) {
    case Verdict::supported:
      return probability;
    case Verdict::contradicted:
    case Verdict::fabricated:
      return 1.0 - probability;
    default:
      return 1.0 - std::abs(2.0 * probability - 1.0);
  }
}

std::optional<Error> refuse_length(const char* what, std::size_t bytes, std::size_t most, const auto& characters) {
  if (bytes <= most) return std::nullopt;
  const std::size_t count = characters();
  if (count <= most) return std::nullopt;
  return Error{ErrorCode::limit_exceeded, "the " + std::string(what) + " must have at most max_chars = " +
                                              std::to_string(most) + " characters, not " + std::to_string(count)};
}

/// All rules and the model, for one response.
void run(const SourceIndex& source, std::string_view response, bool atomic, std::uint32_t most,
         VerificationPlan& plan) {
  Reading reading(source, response);
  reading.read();
  reading.read_names();
  reading.read_numbers();
  reading.read_stems();
  reading.read_claims(atomic);
  const ClaimList& claims = reading.claims();
  plan.has_source = !source.analysis.sentences.empty();
  plan.draft.status = claims.empty()    ? VerificationStatus::no_claims
                      : plan.has_source ? VerificationStatus::ok
                                        : VerificationStatus::no_source;
  if (claims.empty()) return;
  plan.claims.reserve(claims.size());
  plan.draft.claims.reserve(claims.size());
  plan.draft.evidence.reserve(claims.size() * std::min<std::size_t>(most, 3));
  const std::size_t sentences = source.analysis.sentences.size();
  FeatureCounts all;
  Judge judge(reading, most);
  for (std::uint32_t i = 0; i < claims.size(); ++i) {
    judge.judge(i, plan);
    VerificationPlan::Claim& claim = plan.claims.back();
    if (plan.has_source) {
      const FeatureCounts counts = judge.count();
      all.add(counts);
      claim.probability = support_probability(counts, sentences);
    }
    if (!claim.modelled) claim.probability = claim.verbatim ? kVerbatim : std::min(claim.probability, kUnchecked);
  }
  if (plan.has_source) plan.probability = support_probability(all, sentences);
}

}  // namespace

std::string_view name(ReasonCode code) noexcept {
  switch (code) {
#define X(id, cap, decisive, message) \
  case ReasonCode::id:                \
    return #id;
    PARITAS_REASONS(X)
#undef X
  }
  return "";
}

std::string_view name(Verdict verdict) noexcept {
  constexpr std::string_view kNames[] = {"supported", "contradicted", "fabricated", "unverifiable"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::string_view name(Confidence confidence) noexcept {
  return confidence == Confidence::high ? "high" : confidence == Confidence::medium ? "medium" : "low";
}

std::string_view name(VerificationStatus status) noexcept {
  constexpr std::string_view kNames[] = {"ok", "no_claims", "no_source"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string message(const Reason& reason, std::string_view response, std::string_view passage) {
  std::string_view pattern;
  switch (reason.code) {
#define X(id, cap, decisive, message) \
  case ReasonCode::id:                \
    pattern = message;                \
    break;
    PARITAS_REASONS(X)
#undef X
  }
  const auto cut = [](std::string_view text, Span span) { return text.substr(span.start, span.end - span.start); };
  const std::string_view claim = cut(response, reason.claim_span);
  const std::string_view source = reason.passage == kNoPassage ? std::string_view() : cut(passage, reason.source_span);
  std::string out;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '{') {
      out.push_back(pattern[at]);
      continue;
    }
    const char what = pattern[at + 1];
    out += what == 's' || (what == 'n' && reason.cue_of_source) ? source : claim;
    at += 2;
  }
  return out;
}

std::vector<std::uint32_t> decisive_first(const VerificationResult& result) {
  std::vector<std::uint32_t> out;
  for (const bool decisive : {true, false}) {
    for (std::uint32_t i = 0; i < result.reasons.size(); ++i) {
      if (result.reasons[i].decisive == decisive) out.push_back(i);
    }
  }
  return out;
}

std::size_t VerificationPlan::pairs() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (claims[i].modelled) count += draft.claims[i].evidence_end - draft.claims[i].evidence;
  }
  return count;
}

Result<VerifiedScorer> VerifiedScorer::create(const VerifierOptions& options) {
  const auto share = [](double value) { return value >= 0.0 && value <= 1.0; };
  const std::pair<const char*, double> shares[] = {{"nli_threshold", options.nli_threshold},
                                                   {"support_threshold", options.support_threshold},
                                                   {"min_confidence", options.min_confidence},
                                                   {"approve_threshold", options.approve_threshold},
                                                   {"nli_weight", options.nli_weight}};
  for (const auto& [what, value] : shares) {
    if (!share(value)) return Error{ErrorCode::invalid_argument, std::string(what) + " must be from 0 to 1"};
  }
  if (options.support_threshold > options.nli_threshold) {
    return Error{ErrorCode::invalid_argument, "support_threshold must be at most nli_threshold"};
  }
  return VerifiedScorer(options);
}

Result<VerifiedScorer> VerifiedScorer::create(VerifierOptions options, std::string_view nli_direction,
                                              std::int64_t max_chars) {
  Result<VerifiedScorer> scorer = create(options);
  if (!scorer.ok()) return scorer;
  if (nli_direction != "entailment" && nli_direction != "divergence") {
    return Error{ErrorCode::invalid_argument, "nli_direction must be entailment or divergence"};
  }
  if (max_chars < 0) return Error{ErrorCode::invalid_argument, "max_chars must be at least 0"};
  options.divergence = nli_direction == "divergence";
  options.max_chars = static_cast<std::size_t>(max_chars);
  return VerifiedScorer(options);
}

std::optional<Error> VerifiedScorer::refuse(std::string_view response, std::string_view source,
                                            const PreparedSource* prepared, std::int64_t evidence) const {
  if (evidence < 0 || evidence > kMostEvidence) {
    return Error{ErrorCode::invalid_argument, "evidence_top_k must be from 0 to 100"};
  }
  std::optional<Error> error = refuse_length("response", response.size(), options_.max_chars,
                                             [&] { return OffsetMap(response).codepoint(response.size()); });
  if (error) return error;
  if (prepared != nullptr) source = prepared->text();
  return refuse_length("source", source.size(), options_.max_chars, [&] {
    return prepared != nullptr ? prepared->characters() : OffsetMap(source).codepoint(source.size());
  });
}

Result<VerificationResult> VerifiedScorer::verify(std::string_view response, std::string_view source, bool atomic,
                                                  std::int64_t evidence) const {
  if (std::optional<Error> error = refuse(response, source, nullptr, evidence)) return *std::move(error);
  SourceIndex index(source);
  index.read();
  index.read_names();
  index.read_stems();
  index.index_stems();
  const Span whole{0, source.size()};
  index.index_rules({&whole, 1});
  VerificationPlan plan;
  run(index, response, atomic, static_cast<std::uint32_t>(evidence), plan);
  return finish(std::move(plan));
}

Result<VerificationResult> VerifiedScorer::verify(std::string_view response, const PreparedSource& source, bool atomic,
                                                  std::int64_t evidence) const {
  Result<VerificationPlan> plan = this->plan(response, source, atomic, evidence);
  if (!plan.ok()) return plan.error();
  return finish(std::move(plan).value());
}

Result<VerificationPlan> VerifiedScorer::plan(std::string_view response, const PreparedSource& source, bool atomic,
                                              std::int64_t evidence) const {
  if (std::optional<Error> error = refuse(response, {}, &source, evidence)) return *std::move(error);
  VerificationPlan plan;
  run(source.index(), response, atomic, static_cast<std::uint32_t>(evidence), plan);
  return plan;
}

std::vector<Result<VerificationResult>> VerifiedScorer::verify_batch(std::span<const VerificationJob> jobs, bool atomic,
                                                                     std::int64_t evidence, std::size_t threads) const {
  std::vector<Result<VerificationResult>> out(jobs.size(), VerificationResult{});
  parallel_for(jobs.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const VerificationJob& job = jobs[i];
      out[i] = job.prepared != nullptr ? verify(job.response, *job.prepared, atomic, evidence)
                                       : verify(job.response, job.source, atomic, evidence);
    }
  });
  return out;
}

std::vector<Result<VerificationPlan>> VerifiedScorer::plan_batch(std::span<const VerificationJob> jobs, bool atomic,
                                                                 std::int64_t evidence, std::size_t threads) const {
  std::vector<Result<VerificationPlan>> out(jobs.size(), VerificationPlan{});
  parallel_for(jobs.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = plan(jobs[i].response, *jobs[i].prepared, atomic, evidence);
  });
  return out;
}

Result<VerificationResult> VerifiedScorer::finish(const VerificationPlan& plan, std::span<const double> scores) const {
  if (scores.size() != plan.pairs()) {
    return Error{ErrorCode::invalid_argument, "scores must be as many as pairs: " + std::to_string(scores.size()) +
                                                  " for " + std::to_string(plan.pairs())};
  }
  VerificationResult out = plan.draft;
  conclude(plan, scores.data(), out);
  return out;
}

VerificationResult VerifiedScorer::finish(VerificationPlan plan) const {
  VerificationResult out = std::move(plan.draft);
  conclude(plan, nullptr, out);
  return out;
}

namespace {

/// What a model said about the evidence of a claim.
struct Entailed {
  double best = 0.0;
  bool asked = false, valid = false, invalid = false;
};

}  // namespace

void VerifiedScorer::conclude(const VerificationPlan& plan, const double* scores, VerificationResult& out) const {
  if (out.claims.empty()) {
    Reason reason{};
    reason.code = ReasonCode::no_claims;
    out.reasons.push_back(reason);
    return;
  }
  const std::vector<Reason> found = std::move(out.reasons);
  out.reasons.clear();
  out.reasons.reserve(found.size() + out.claims.size());
  double score = plan.probability, entailed_sum = 0.0, confidence_sum = 0.0;  // in order of the claims
  double cap = 1.0;
  std::size_t entailed_count = 0;
  bool failed = false;  // a model was asked about a claim in vain
  bool checked = false, all_verbatim = true, any_verbatim = false, carried = true;
  for (std::size_t i = 0; i < out.claims.size(); ++i) {
    ClaimVerdict& claim = out.claims[i];
    const VerificationPlan::Claim& planned = plan.claims[i];
    Entailed entailed;
    if (scores != nullptr && planned.modelled) {
      for (std::uint32_t at = claim.evidence; at < claim.evidence_end; ++at) {
        const double given = *scores++;
        entailed.asked = true;
        if (!(given >= 0.0 && given <= 1.0)) {
          entailed.invalid = true;
          continue;
        }
        const double entailment = options_.divergence ? 1.0 - given : given;
        entailed.best = entailed.valid ? std::max(entailed.best, entailment) : entailment;
        entailed.valid = true;
        out.evidence[at].score = entailment;
      }
    }
    double probability = planned.probability;
    bool checkable = planned.checkable, decisive = false, missing = false;
    const bool overruled = entailed.valid && entailed.best >= kCertain;
    if (entailed.valid) {
      probability = (1.0 - options_.nli_weight) * probability + options_.nli_weight * entailed.best;
      entailed_sum += entailed.best;
      ++entailed_count;
    } else if (entailed.asked) {  // the model failed: nothing is guessed in its place
      checkable = false;
      failed = true;
      probability = std::min(probability, kUnchecked);
    }
    const auto start = static_cast<std::uint32_t>(out.reasons.size());
    for (std::uint32_t at = claim.reasons; at < claim.reasons_end; ++at) {
      Reason reason = found[at];
      if (overruled && !firm(reason.code)) reason.decisive = reason.capped = false;
      decisive = decisive || reason.decisive;
      missing = missing || absent(reason.code);
      if (reason.capped) {
        probability = std::min(probability, cap_of(reason.code));
        cap = std::min(cap, cap_of(reason.code));
      }
      out.reasons.push_back(reason);
    }
    const auto add = [&](ReasonCode code) {
      Reason reason{};
      reason.code = code;
      reason.claim_span = claim.span;
      out.reasons.push_back(reason);
    };
    if (entailed.invalid) add(ReasonCode::nli_invalid);
    Verdict verdict = Verdict::unverifiable;
    if (decisive) {
      verdict = Verdict::contradicted;
    } else if (planned.verbatim || (checkable && 1.0 - probability <= options_.support_threshold)) {
      verdict = Verdict::supported;
    } else if (checkable && 1.0 - probability >= options_.nli_threshold && missing) {
      verdict = Verdict::fabricated;
    }
    if ((verdict == Verdict::supported || verdict == Verdict::fabricated) &&
        confidence_of(verdict, probability) < options_.min_confidence) {
      verdict = Verdict::unverifiable;
    }
    if (verdict == Verdict::unverifiable && checkable) add(ReasonCode::low_support);
    // Decisive reasons come first already, unless a model has overruled one of them.
    std::stable_partition(out.reasons.begin() + static_cast<std::ptrdiff_t>(start), out.reasons.end(),
                          [](const Reason& reason) { return reason.decisive; });
    claim.reasons = start;
    claim.reasons_end = static_cast<std::uint32_t>(out.reasons.size());
    claim.verdict = verdict;
    claim.probability = probability;
    claim.confidence = confidence_of(verdict, probability);
    confidence_sum += claim.confidence;
    ++out.counts[static_cast<std::size_t>(verdict)];
    checked = checked || checkable;
    all_verbatim = all_verbatim && planned.verbatim;
    any_verbatim = any_verbatim || planned.verbatim;
    carried = carried && (planned.verbatim || !planned.checkable);
  }
  const double count = static_cast<double>(out.claims.size());
  if (entailed_count != 0) {
    score = (1.0 - options_.nli_weight) * score +
            options_.nli_weight * (entailed_sum / static_cast<double>(entailed_count));
  }
  score = std::min(score, cap);
  if (all_verbatim) {
    score = std::max(score, kVerbatimScore);
  } else if (any_verbatim && carried) {
    score = std::max(score, kCarriedScore);
  }
  if (!checked || failed) score = std::min(score, kUnchecked);
  const double mean = confidence_sum / count;
  out.score = score;
  out.confidence = mean >= kHigh ? Confidence::high : mean >= kMedium ? Confidence::medium : Confidence::low;
  out.coverage = static_cast<double>(out.counts[static_cast<std::size_t>(Verdict::supported)]) / count;
  out.approved = checked && !failed && out.counts[static_cast<std::size_t>(Verdict::contradicted)] == 0 &&
                 out.counts[static_cast<std::size_t>(Verdict::fabricated)] == 0 && score >= options_.approve_threshold;
}

}  // namespace paritas
