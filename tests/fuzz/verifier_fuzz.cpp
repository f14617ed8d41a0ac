// Any bytes through verification: no report of a sanitizer, spans inside their texts, passages and one text alike.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "paritas/verify/claims.hpp"
#include "paritas/verify/verifier.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check(const paritas::VerificationResult& result, std::string_view response,
           const std::vector<std::string_view>& passages) {
  require(result.score >= 0.0 && result.score <= 1.0);
  for (const paritas::ClaimVerdict& claim : result.claims) {
    require(claim.span.start < claim.span.end && claim.span.end <= response.size());
    require(claim.probability >= 0.0 && claim.probability <= 1.0);
    require(claim.reasons <= claim.reasons_end && claim.reasons_end <= result.reasons.size());
  }
  for (const paritas::SourceSpan& span : result.evidence) {
    require(span.span.start < span.span.end && span.span.end <= passages[span.passage].size());
  }
  for (const paritas::Reason& reason : result.reasons) {
    const bool there = reason.passage != paritas::kNoPassage;
    require(there || !reason.decisive);
    require(!paritas::message(reason, response, there ? passages[reason.passage] : std::string_view()).empty());
  }
}

}  // namespace

// The first byte chooses what is asked; zero bytes cut what follows into a response and passages.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const bool atomic = (data[0] & 1) != 0;
  const std::int64_t evidence = data[0] >> 1 & 7;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  std::vector<std::string_view> pieces;
  for (std::size_t start = 0, end = 0; end != std::string_view::npos; start = end + 1) {
    end = text.find('\0', start);
    pieces.push_back(text.substr(start, end == std::string_view::npos ? end : end - start));
  }
  const std::string_view response = pieces[0];
  const std::vector<std::string_view> passages(pieces.begin() + 1, pieces.end());
  const paritas::VerifiedScorer scorer = paritas::VerifiedScorer::create({}).value();
  const paritas::PreparedSource source(passages);
  check(scorer.verify(response, source, atomic, evidence).value(), response, passages);
  const paritas::VerificationPlan plan = scorer.plan(response, source, atomic, evidence).value();
  std::vector<double> scores;
  for (std::size_t i = 0; i < plan.pairs(); ++i) scores.push_back(static_cast<double>(data[i % size]) / 200.0);
  check(scorer.finish(plan, scores).value(), response, passages);
  if (passages.size() == 1) {
    const paritas::VerificationResult alone = scorer.verify(response, passages[0], atomic, evidence).value();
    require(alone.score == scorer.verify(response, source, atomic, evidence).value().score);
  }
  for (const paritas::Claim& claim : paritas::split_claims(response, true)) require(claim.span.end <= response.size());
  return 0;
}
