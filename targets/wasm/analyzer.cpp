#include "paritas/retrieve/analyzer.hpp"

#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, analyzerDefaults)() {
  const AnalyzerOptions options;
  Packer out;
  out.text(options.stemmer);
  out.text(options.cjk);
  out.u8(options.fold_accents);
  out.f64(static_cast<double>(options.min_length));
  out.f64(static_cast<double>(options.max_length));
  return out.out();
}

/// One block: stemmer, cjk, whether the stop words are a name or a list, that name or those words.
WASM(Reply, analyzerCreate)
(std::uintptr_t at, std::size_t bytes, bool fold_accents, std::int32_t min_length, std::int32_t max_length) {
  AnalyzerOptions settled;
  settled.fold_accents = fold_accents;
  settled.min_length = min_length;
  settled.max_length = max_length;
  Unpacker in(at, bytes);
  settled.stemmer = in.text();
  settled.cjk = in.text();
  if (in.number<std::uint8_t>() != 0) {
    settled.stopwords = in.text();
  } else {
    while (!in.done()) settled.stopword_list.emplace_back(in.text());
  }
  return outcome(Analyzer::create(settled), handle);
}
WASM(Analyzer*, analyzerPlain)() { return new Analyzer(Analyzer::plain()); }
WASM(void, analyzerDelete)(Analyzer* self) { delete self; }

WASM(Reply, analyzerAnalyze)(const Analyzer& self, std::uintptr_t at, std::size_t bytes) {
  Terms terms;
  self.analyze(text(at, bytes), terms);
  Packer out;
  for (std::size_t i = 0; i < terms.size(); ++i) out.text(terms[i]);
  return out.out();
}

WASM(Reply, analyzerSpans)(const Analyzer& self, std::uintptr_t at, std::size_t bytes) {
  const std::string_view lent = text(at, bytes);
  const OffsetMap offsets(lent);
  Packer out;
  for (const Span& span : self.spans(lent)) pack(out, span, offsets);
  return out.out();
}

WASM(Reply, analyzerHighlight)
(const Analyzer& self, std::uintptr_t query_at, std::size_t query_bytes, std::uintptr_t at, std::size_t bytes) {
  const std::string_view lent = text(at, bytes);
  const OffsetMap offsets(lent);
  Packer out;
  for (const Span& span : self.highlight(text(query_at, query_bytes), lent)) pack(out, span, offsets);
  return out.out();
}

}  // namespace paritas::wasm
