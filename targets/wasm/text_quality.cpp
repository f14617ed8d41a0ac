#include "paritas/ocr/text_quality.hpp"

#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {

WASM(double, textQuality)(std::uintptr_t at, std::size_t bytes) { return text_quality(text(at, bytes)); }

WASM(Reply, textQualityBatch)(std::uintptr_t at, std::size_t bytes) {
  return outcome(text_quality_batch(texts(at, bytes)), typed);
}

WASM(double, textQualityMaxSpans)() { return static_cast<double>(kMaxGarbageSpans); }

/// The names of the rules, which the report gives by number.
WASM(Reply, textQualityRules)() {
  Packer out;
  for (std::size_t i = 0; i < kQualityRules; ++i) out.text(name(static_cast<QualityRule>(i)));
  return out.out();
}

WASM(Reply, textQualityReport)(std::uintptr_t at, std::size_t bytes, double max_spans) {
  const std::string_view words = text(at, bytes);
  return outcome(text_quality_report(words, static_cast<std::int64_t>(max_spans)), [&](const TextQuality& found) {
    const OffsetMap offsets(words);
    Packer out;
    out.f64(found.quality);
    out.u32(found.tokens);
    out.u32(found.garbage_tokens);
    for (const std::size_t tokens : found.rule_tokens) out.u32(tokens);
    pack(out, found.spans, [&](const GarbageSpan& item) {
      pack(out, item.span, offsets);
      out.f64(item.quality);
      out.u32(item.rules.bits);
    });
    return out.out();
  });
}

}  // namespace paritas::wasm
