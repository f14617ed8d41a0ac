#include "paritas/verify/signals.hpp"

#include <emscripten/bind.h>

#include <vector>

#include "convert.hpp"
#include "packed.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::wasm {
namespace {

double consistency(std::optional<bool> value) { return value ? (*value ? 1.0 : 0.0) : -1.0; }

double overlap(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  return entity_overlap(text(a, a_bytes), text(b, b_bytes));
}
double consistent(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  return consistency(numerical_consistency(text(a, a_bytes), text(b, b_bytes)));
}
bool flip(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  return negation_flip(text(a, a_bytes), text(b, b_bytes));
}
double trace(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  return traceability(text(a, a_bytes), text(b, b_bytes));
}

/// Everything as one Float64Array, which web/src/signals.ts reads in the same order: a record of objects would cost
/// more than the signals themselves. Each list has its length before it; a span that is not there is -1, -1.
val all(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes) {
  const std::string_view claim = text(a, a_bytes), source = text(b, b_bytes);
  const Signals found = signals(claim, source);
  const OffsetMap in_claim(claim), in_source(source);
  std::vector<double> flat;
  const auto put = [&](double value) { flat.push_back(value); };
  const auto put_size = [&](std::size_t size) { put(static_cast<double>(size)); };
  const auto put_span = [&](const Span& span, const OffsetMap& offsets) {
    put_size(offsets.utf16(span.start));
    put_size(offsets.utf16(span.end));
  };
  const auto put_nowhere = [&] {
    put(-1.0);
    put(-1.0);
  };
  put(found.entity_overlap);
  put(consistency(found.numerical_consistency));
  put(found.negation_flip ? 1.0 : 0.0);
  put(found.traceability);
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
    put(static_cast<double>(match.status));
  }
  put_size(found.polarity.size());
  for (const PolarityMatch& match : found.polarity) {
    put_span(match.claim_span, in_claim);
    put_span(match.source_span, in_source);
    put(static_cast<double>(match.kind));
  }
  put_size(found.missing.size());
  for (const Span& span : found.missing) put_span(span, in_claim);
  if (found.best_source) {
    put_span(*found.best_source, in_source);
  } else {
    put_nowhere();
  }
  return val(emscripten::typed_memory_view(flat.size(), flat.data())).call<val>("slice");
}

/// Four numbers a pair: entity overlap, consistency, flip, traceability.
val batch(std::uintptr_t claims, std::size_t claims_bytes, std::uintptr_t sources, std::size_t sources_bytes) {
  const Result<SignalsBatch> found = signals_batch(texts(claims, claims_bytes), texts(sources, sources_bytes));
  return outcome(found, [](const SignalsBatch& rows) {
    std::vector<double> flat;
    flat.reserve(rows.traceability.size() * 4);
    for (std::size_t i = 0; i < rows.traceability.size(); ++i) {
      flat.push_back(rows.entity_overlap[i]);
      flat.push_back(static_cast<double>(rows.numerical_consistency[i]));
      flat.push_back(static_cast<double>(rows.negation_flip[i]));
      flat.push_back(rows.traceability[i]);
    }
    return val(emscripten::typed_memory_view(flat.size(), flat.data())).call<val>("slice");
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_signals) {
  emscripten::function("entityOverlap", &overlap);
  emscripten::function("numericalConsistency", &consistent);
  emscripten::function("negationFlip", &flip);
  emscripten::function("traceability", &trace);
  emscripten::function("signals", &all);
  emscripten::function("signalsBatch", &batch);
}

}  // namespace paritas::wasm
