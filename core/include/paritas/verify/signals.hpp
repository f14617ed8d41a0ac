#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

// What a claim has that its source has not, and where the two disagree, without a model.
//
// All functions take UTF-8 of any content, ill-formed bytes count as U+FFFD, and keep no view of it. They are linear in
// both texts, plus the comparisons of claim sentences with the source sentences that share a word with them; of those,
// 2^24 look-ups are shared by all claim sentences, and of numbers 2^20 pairs, so that no input squares.

/// How far two texts name the same things: 0 to 1, symmetric; 1.0 when neither names any, 0.0 when one does not.
double entity_overlap(std::string_view text_a, std::string_view text_b);

/// Whether every hard number of the claim is matched by the source; nothing when either has no hard number.
std::optional<bool> numerical_consistency(std::string_view claim, std::string_view source);

/// Whether a sentence of the claim says the opposite of all source sentences that share the most with it.
bool negation_flip(std::string_view claim, std::string_view source);

/// The share of the claim's content stems and hard numbers that the source has: 0 to 1; 1.0 when there are none.
double traceability(std::string_view claim, std::string_view source);

enum class NumberStatus : std::uint8_t { match, differ, missing };
enum class PolarityKind : std::uint8_t { cue, prefix, antonym };

/// "match", "differ" or "missing".
std::string_view name(NumberStatus status) noexcept;
/// "cue", "prefix" or "antonym".
std::string_view name(PolarityKind kind) noexcept;

/// A hard number of the claim and what the source says about it; the span counts where it is not missing.
struct NumberMatch {
  Span claim_span;
  Span source_span;
  NumberStatus status;
};

/// What turns the meaning of a claim sentence against its best source sentence.
struct PolarityMatch {
  Span claim_span;
  Span source_span;
  PolarityKind kind;
};

/// The four signals with their evidence; spans are bytes of the claim or of the source.
struct Signals {
  double entity_overlap;
  std::optional<bool> numerical_consistency;
  bool negation_flip;
  double traceability;
  std::vector<Span> novel_entities;     // of the claim: entities that the source does not have
  std::vector<NumberMatch> numbers;     // one for each hard number of the claim, in order
  std::vector<PolarityMatch> polarity;  // of the claim sentences that conflict, in order
  std::vector<Span> missing;            // of the claim: content terms that the source does not have
  std::optional<Span> best_source;      // the source sentence that shares the most with the claim
};

/// All signals from one reading of both texts.
Signals signals(std::string_view claim, std::string_view source);

/// The four values alone, for many pairs. numerical_consistency: 1 consistent, 0 not, -1 nothing to compare.
struct SignalsBatch {
  std::vector<double> entity_overlap;
  std::vector<std::int8_t> numerical_consistency;
  std::vector<std::uint8_t> negation_flip;
  std::vector<double> traceability;
};

/// One row for each pair; one source may serve all claims. threads: 0 for all cores; never changes a result.
/// Errors: `length_mismatch` when there are neither as many sources as claims nor just one;
///         `invalid_argument` for negative threads.
Result<SignalsBatch> signals_batch(std::span<const std::string_view> claims, std::span<const std::string_view> sources,
                                   std::int32_t threads = 0);

}  // namespace paritas
