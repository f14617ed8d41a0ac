#include "paritas/ocr/text_quality.hpp"

#include "arrays.hpp"
#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

// Below this many bytes a call ends before another thread could have used the GIL.
constexpr std::size_t kShort = 4096;

double quality_of(const Text& text) {
  if (text.view().size() < kShort) return text_quality(text);
  return unlocked([&] { return text_quality(text); });
}

py::array_t<double> batch_of(const Texts& texts, Whole threads) {
  const std::vector<double> found = unwrap(unlocked([&] { return text_quality_batch(texts, threads); }));
  NewArray<double> out({found.size()});
  std::copy(found.begin(), found.end(), out.view().begin());
  return std::move(out).array();
}

py::tuple names_of(QualityRules rules) {
  py::list out;
  for (std::size_t i = 0; i < kQualityRules; ++i) {
    const auto rule = static_cast<QualityRule>(i);
    if (rules.has(rule)) out.append(name(rule));
  }
  return py::tuple(out);
}

py::object report_of(const Text& text, Whole max_spans) {
  static const Record record("TextQuality", "paritas.results_ocr"), garbage("GarbageSpan", "paritas.results_ocr");
  const TextQuality found = unwrap(unlocked([&] { return text_quality_report(text, max_spans); }));
  const OffsetMap offsets(text);
  py::dict rules;
  for (std::size_t i = 0; i < kQualityRules; ++i) {
    if (found.rule_tokens[i] > 0) rules[py::str(name(static_cast<QualityRule>(i)))] = found.rule_tokens[i];
  }
  const auto span = [&](const GarbageSpan& item) {
    return garbage.make(span_record(item.span, offsets), item.quality, py::object(names_of(item.rules)));
  };
  return record.make(found.quality, found.tokens, found.garbage_tokens, py::object(rules), list_of(found.spans, span));
}

}  // namespace

void bind_text_quality(py::module_& m) {
  m.def("text_quality", &quality_of, py::arg("text"),
        R"(How much a text looks like writing, from 0.0 to 1.0: without a dictionary, without a language setting.

Tokens are judged by their signs, digits, case, scripts and pairs of letters, and weigh as much as they are long. Noise of
a scanner is low; a wrong word that is a word is not.
Returns: 0.0 for a text without a token)");
  m.def("text_quality_batch", &batch_of, py::arg("texts"), py::kw_only(), py::arg("threads") = 0,
        R"(text_quality of each text. Needs NumPy.

threads: 0 for all cores; never changes a result
Returns: float64 array, one value for each text
Errors:  invalid_argument for negative threads)");
  m.def("text_quality_report", &report_of, py::arg("text"), py::kw_only(), py::arg("max_spans") = kMaxGarbageSpans,
        R"(text_quality, the rules that lowered it, and the tokens that look like noise.

max_spans: how many of those at most
Returns:   TextQuality(quality, tokens, garbage_tokens, rules, spans); spans are the worst first, equal ones in text order
Errors:    invalid_argument for a negative max_spans)");
}

}  // namespace paritas::python
