#include "paritas/verify/signals.hpp"

#include "packed.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::wasm {

namespace {

double consistency(std::optional<bool> value) { return value ? (*value ? 1.0 : 0.0) : -1.0; }

}  // namespace

WASM(double, entityOverlap)(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  return entity_overlap(text(a, a_bytes), text(b, b_bytes));
}
WASM(double, numericalConsistency)(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  return consistency(numerical_consistency(text(a, a_bytes), text(b, b_bytes)));
}
WASM(bool, negationFlip)(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  return negation_flip(text(a, a_bytes), text(b, b_bytes));
}
WASM(double, traceability)(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  return traceability(text(a, a_bytes), text(b, b_bytes));
}

/// Everything as float64, which web/src/signals.ts reads in the same order. Each list has its length before it; a span
/// that is not there is -1, -1.
WASM(Reply, signals)(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  const std::string_view claim = text(a, a_bytes), source = text(b, b_bytes);
  const Signals found = signals(claim, source);
  const OffsetMap in_claim(claim), in_source(source);
  Packer out;
  const auto put_size = [&](std::size_t size) { out.f64(static_cast<double>(size)); };
  const auto put_span = [&](const Span& span, const OffsetMap& offsets) {
    put_size(offsets.utf16(span.start));
    put_size(offsets.utf16(span.end));
  };
  const auto put_nowhere = [&] {
    out.f64(-1.0);
    out.f64(-1.0);
  };
  out.f64(found.entity_overlap);
  out.f64(consistency(found.numerical_consistency));
  out.f64(found.negation_flip ? 1.0 : 0.0);
  out.f64(found.traceability);
  put_size(found.novel_entities.size());
  for (const Span& span : found.novel_entities) put_span(span, in_claim);
  put_size(found.numbers.size());
  for (const NumberMatch& match : found.numbers) {
    put_span(match.claim_span, in_claim);
    if (match.status == NumberStatus::missing) {
      put_nowhere();
    } else {
      put_span(match.source_span, in_source);
    }
    out.f64(static_cast<double>(match.status));
  }
  put_size(found.polarity.size());
  for (const PolarityMatch& match : found.polarity) {
    put_span(match.claim_span, in_claim);
    put_span(match.source_span, in_source);
    out.f64(static_cast<double>(match.kind));
  }
  put_size(found.missing.size());
  for (const Span& span : found.missing) put_span(span, in_claim);
  if (found.best_source) {
    put_span(*found.best_source, in_source);
  } else {
    put_nowhere();
  }
  return out.out();
}

/// Four numbers a pair: entity overlap, consistency, flip, traceability.
WASM(Reply, signalsBatch)
(std::uintptr_t claims, std::size_t claims_bytes, std::uintptr_t sources, std::size_t sources_bytes) {
  return outcome(signals_batch(texts(claims, claims_bytes), texts(sources, sources_bytes)),
                 [](const SignalsBatch& rows) {
                   Packer out;
                   for (std::size_t i = 0; i < rows.traceability.size(); ++i) {
                     out.f64(rows.entity_overlap[i]);
                     out.f64(static_cast<double>(rows.numerical_consistency[i]));
                     out.f64(static_cast<double>(rows.negation_flip[i]));
                     out.f64(rows.traceability[i]);
                   }
                   return out.out();
                 });
}

}  // namespace paritas::wasm
