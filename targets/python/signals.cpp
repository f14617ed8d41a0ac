#include "paritas/verify/signals.hpp"

#include <pybind11/numpy.h>

#include <algorithm>

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

// Below this many bytes a call ends before another thread could have used the GIL.
constexpr std::size_t kShort = 4096;

template <class Call>
auto timed(const Text& a, const Text& b, Call call) {
  if (a.view().size() + b.view().size() < kShort) return call();
  return unlocked(call);
}

py::object optional_bool(std::optional<bool> value) { return value ? py::object(py::bool_(*value)) : py::none(); }

py::object signals_of(const Text& claim, const Text& source) {
  static const Record record("Signals"), number_record("NumberMatch"), polarity_record("PolarityMatch");
  const Signals found = timed(claim, source, [&] { return signals(claim, source); });
  const OffsetMap in_claim(claim), in_source(source);
  const auto claim_span = [&](const Span& span) { return span_record(span, in_claim); };
  return record.make(found.entity_overlap, optional_bool(found.numerical_consistency), found.negation_flip,
                     found.traceability, list_of(found.novel_entities, claim_span),
                     list_of(found.numbers,
                             [&](const NumberMatch& match) {
                               const bool there = match.status != NumberStatus::missing;
                               return number_record.make(
                                   claim_span(match.claim_span),
                                   there ? span_record(match.source_span, in_source) : py::object(py::none()),
                                   name(match.status));
                             }),
                     list_of(found.polarity,
                             [&](const PolarityMatch& match) {
                               return polarity_record.make(claim_span(match.claim_span),
                                                           span_record(match.source_span, in_source), name(match.kind));
                             }),
                     list_of(found.missing, claim_span),
                     found.best_source ? span_record(*found.best_source, in_source) : py::object(py::none()));
}

template <class Item, class As>
py::array_t<As> array_of(const std::vector<Item>& items) {
  py::array_t<As> out(static_cast<py::ssize_t>(items.size()));
  std::transform(items.begin(), items.end(), out.mutable_data(), [](Item item) { return static_cast<As>(item); });
  return out;
}

py::object batch_of(const Texts& claims, const Texts& sources, std::int32_t threads) {
  static const Record record("SignalsBatch");
  const SignalsBatch found = unwrap(unlocked([&] { return signals_batch(claims, sources, threads); }));
  return record.make(py::object(array_of<double, double>(found.entity_overlap)),
                     py::object(array_of<std::int8_t, std::int8_t>(found.numerical_consistency)),
                     py::object(array_of<std::uint8_t, bool>(found.negation_flip)),
                     py::object(array_of<double, double>(found.traceability)));
}

}  // namespace

void bind_signals(py::module_& m) {
  m.def(
      "entity_overlap", [](const Text& a, const Text& b) { return timed(a, b, [&] { return entity_overlap(a, b); }); },
      py::arg("text_a"), py::arg("text_b"),
      R"(How far two texts name the same things, from 0.0 to 1.0.

Returns: matched entities against all; symmetric; 1.0 when neither text names any, 0.0 when only one does)");
  m.def(
      "numerical_consistency",
      [](const Text& claim, const Text& source) {
        return optional_bool(timed(claim, source, [&] { return numerical_consistency(claim, source); }));
      },
      py::arg("claim"), py::arg("source"),
      R"(Whether every hard number of the claim is matched by a number of the source.

Units, rates, dates, rounding and words such as "at least" are understood: 2 hours is 120 minutes.
Returns: True or False; None when the claim or the source has no hard number)");
  m.def(
      "negation_flip",
      [](const Text& claim, const Text& source) {
        return timed(claim, source, [&] { return negation_flip(claim, source); });
      },
      py::arg("claim"), py::arg("source"),
      R"(Whether a sentence of the claim says the opposite of all source sentences that share the most with it.

Returns: True for a negation, an opposed prefix or an antonym on shared content)");
  m.def(
      "traceability",
      [](const Text& claim, const Text& source) {
        return timed(claim, source, [&] { return traceability(claim, source); });
      },
      py::arg("claim"), py::arg("source"),
      R"(The share of the claim's content stems and hard numbers that the source has.

Returns: 0.0 to 1.0; 1.0 when the claim has none)");
  m.def("signals", &signals_of, py::arg("claim"), py::arg("source"),
        R"(All four signals with their evidence, from one reading of both texts.

Returns: Signals(entity_overlap, numerical_consistency, negation_flip, traceability, novel_entities, numbers, polarity,
         missing, best_source); spans of the claim or of the source)");
  m.def("signals_batch", &batch_of, py::arg("claims"), py::arg("sources"), py::kw_only(), py::arg("threads") = 0,
        R"(The four values of signals for many pairs, without their evidence. Needs NumPy.

sources: as many as claims, or one for all
threads: 0 for all cores; never changes a result
Returns: SignalsBatch of arrays, one row for each claim; numerical_consistency is 1, 0, or -1 for nothing to compare
Errors:  length_mismatch, invalid_argument for negative threads)");
}

}  // namespace paritas::python
