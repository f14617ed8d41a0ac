#include "paritas/repair/normalize_text.hpp"

#include "packed.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::wasm {
namespace {

/// The words in their order, max_blank_lines, trim, respect_code.
Result<NormalizeOptions> options_of(Unpacker& in) {
  NormalizeOptions out;
  std::optional<Error> first;
  for (std::size_t i = 0; i < kNormalizeChoices.size(); ++i) {
    auto error = choose(out, i, in.text());
    if (error && !first) first = std::move(error);
  }
  out.max_blank_lines = static_cast<std::int64_t>(in.number<double>());
  out.trim = in.number<std::uint8_t>() != 0;
  out.respect_code = in.number<std::uint8_t>() != 0;
  if (first) return *std::move(first);
  return out;
}

void pack(Packer& out, const NormalizedText& result) {
  out.u8(result.changed);
  if (result.changed) out.text(result.text);
}

void pack(Packer& out, const MappedText& result, std::string_view source) {
  pack(out, result.text);
  const OffsetMap from(source), to(result.text.changed ? std::string_view(result.text.text) : source);
  out.u32(to.utf16(result.map.result_size));
  out.u32(from.utf16(source.size()));
  out.u32(result.map.edits.size());
  for (const TextEdit& edit : result.map.edits) {
    out.u32(to.utf16(edit.result.start));
    out.u32(to.utf16(edit.result.end));
    out.u32(from.utf16(edit.source.start));
    out.u32(from.utf16(edit.source.end));
  }
}

Reply said(Result<std::string> text) {
  return outcome(std::move(text), [](const std::string& added) {
    Packer out;
    out.text(added);
    return out.out();
  });
}

}  // namespace

WASM(Reply, normalizeTextDefaults)() {
  const NormalizeOptions defaults;
  Packer out;
  for (std::size_t i = 0; i < kNormalizeChoices.size(); ++i) out.text(chosen(defaults, i));
  out.f64(static_cast<double>(defaults.max_blank_lines));
  out.u8(defaults.trim);
  out.u8(defaults.respect_code);
  return out.out();
}

/// Options, then any number of texts; mapped: with the map of each.
WASM(Reply, normalizeTexts)(std::uintptr_t at, std::size_t bytes, bool mapped) {
  Unpacker in(at, bytes);
  const auto options = options_of(in);
  if (!options.ok()) return failure(options.error());
  std::vector<std::string_view> texts;
  while (!in.done()) texts.push_back(in.text());
  if (mapped) {
    return outcome(normalize_texts_mapped(texts, options.value()), [&](const std::vector<MappedText>& results) {
      Packer out;
      for (std::size_t i = 0; i < results.size(); ++i) pack(out, results[i], texts[i]);
      return out.out();
    });
  }
  return outcome(normalize_texts(texts, options.value()), [](const std::vector<NormalizedText>& results) {
    Packer out;
    for (const NormalizedText& result : results) pack(out, result);
    return out.out();
  });
}

WASM(Reply, textNormalizerCreate)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const auto options = options_of(in);
  if (!options.ok()) return failure(options.error());
  return outcome(TextNormalizer::create(options.value()), handle);
}
WASM(Reply, textNormalizerFeed)(TextNormalizer& self, std::uintptr_t at, std::size_t bytes) {
  return said(self.feed(text(at, bytes)));
}
WASM(Reply, textNormalizerFinish)(TextNormalizer& self, std::uintptr_t at, std::size_t bytes) {
  return said(self.finish(text(at, bytes)));
}
WASM(void, textNormalizerReset)(TextNormalizer& self) { self.reset(); }
WASM(void, textNormalizerDelete)(TextNormalizer* self) { delete self; }

}  // namespace paritas::wasm
