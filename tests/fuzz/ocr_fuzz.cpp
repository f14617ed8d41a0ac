// Any bytes through the functions that look at a field's text: no report of a sanitizer, results within their bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "paritas/ocr/field_confidence.hpp"
#include "paritas/ocr/text_quality.hpp"

namespace {

constexpr std::string_view kTypes[] = {"text",  "date",  "amount", "number",  "iban",    "mrz",
                                       "email", "phone", "card",   "country", "currency"};

void require(bool holds) {
  if (!holds) __builtin_trap();
}

bool share(double value) { return value >= 0.0 && value <= 1.0; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 3, size - 3);

  const double quality = paritas::text_quality(text);
  require(share(quality));
  const paritas::TextQuality report = paritas::text_quality_report(text, data[0]).value();
  require(report.quality == quality && report.garbage_tokens <= report.tokens && report.spans.size() <= data[0]);
  for (const paritas::GarbageSpan& garbage : report.spans) {
    require(garbage.span.start < garbage.span.end && garbage.span.end <= text.size());
    require(share(garbage.quality) && garbage.rules.bits != 0);
  }

  const auto words = paritas::tesseract_words(text);
  require(words.ok() || words.error().offset <= text.size());
  std::vector<paritas::OcrWord> said;
  if (words.ok()) said = words.value();
  said.push_back({text, static_cast<double>(data[1])});
  paritas::OcrField field{.name = "field", .text = text, .type = kTypes[data[2] % std::size(kTypes)], .words = said};
  const paritas::OcrField fields[] = {field, {.name = "other", .text = std::nullopt}};
  const paritas::FieldReport found = paritas::field_confidence(fields).value();
  require(share(found.fields[0].evidence) && share(found.fields[0].confidence));
  require(found.summary.extracted <= 1 && found.fields[1].evidence == 0.0);
  return 0;
}
