#include "paritas/retrieve/analyzer.hpp"

#include <emscripten/bind.h>

#include "packed.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::wasm {
namespace {

val defaults() {
  const AnalyzerOptions options;
  val out = val::object();
  out.set("stemmer", options.stemmer);
  out.set("cjk", options.cjk);
  out.set("foldAccents", options.fold_accents);
  out.set("minLength", static_cast<double>(options.min_length));
  out.set("maxLength", static_cast<double>(options.max_length));
  return out;
}

/// named: the name of a list of stop words, or undefined.
val create(const val& options, const val& named, std::uintptr_t words, std::size_t bytes) {
  AnalyzerOptions settled;
  settled.stemmer = options["stemmer"].as<std::string>();
  settled.cjk = options["cjk"].as<std::string>();
  settled.fold_accents = options["foldAccents"].as<bool>();
  settled.min_length = options["minLength"].as<std::int32_t>();
  settled.max_length = options["maxLength"].as<std::int32_t>();
  if (!named.isUndefined()) settled.stopwords = named.as<std::string>();
  for (const std::string_view word : texts(words, bytes)) settled.stopword_list.emplace_back(word);
  return outcome(Analyzer::create(settled), handle);
}

val analyze(const Analyzer& self, std::uintptr_t at, std::size_t bytes) {
  Terms terms;
  self.analyze(text(at, bytes), terms);
  Packer out;
  for (std::size_t i = 0; i < terms.size(); ++i) out.text(terms[i]);
  return out.out();
}

val spans(const Analyzer& self, std::uintptr_t at, std::size_t bytes) {
  const std::string_view lent = text(at, bytes);
  const OffsetMap offsets(lent);
  Packer out;
  for (const Span& span : self.spans(lent)) {
    const Span units = offsets.utf16_units(span);
    out.number(static_cast<std::uint32_t>(units.start));
    out.number(static_cast<std::uint32_t>(units.end));
  }
  return out.out();
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_analyzer) {
  emscripten::function("analyzerDefaults", &defaults);
  emscripten::class_<Analyzer>("Analyzer")
      .smart_ptr<std::shared_ptr<Analyzer>>("AnalyzerHandle")
      .class_function("create", &create)
      .class_function(
          "plain", +[] { return std::make_shared<Analyzer>(Analyzer::plain()); })
      .function("analyze", &analyze)
      .function("spans", &spans);
}

}  // namespace paritas::wasm
