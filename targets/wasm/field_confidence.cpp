#include "paritas/ocr/field_confidence.hpp"

#include "formats.hpp"
#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

/// What web/src/field_confidence.ts packs: the options, then documents, fields and words with their numbers before them.
class Documents {
 public:
  explicit Documents(Unpacker input) {
    options.regime = input.optional();
    options.base_confidence = input.number<double>();
    options.scale = input.text();
    const auto day_first = input.number<std::uint8_t>();  // 2: not said
    if (day_first < 2) options.day_first = day_first == 1;
    options.review_below = input.number<double>();
    while (!input.done()) {
      ends_.push_back(ends_.empty() ? 0 : ends_.back());
      for (auto fields = input.number<std::uint32_t>(); fields > 0; --fields) {
        read_field(input);
        ++ends_.back();
      }
    }
    // Only now, because the words have moved meanwhile.
    std::size_t at = 0;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      fields_[i].words = std::span(words_).subspan(at, counts_[i]);
      at += counts_[i];
    }
    at = 0;
    for (const std::size_t end : ends_) {
      all.push_back(std::span(fields_).subspan(at, end - at));
      at = end;
    }
  }

  FieldOptions options;
  std::vector<std::span<const OcrField>> all;

 private:
  void read_field(Unpacker& input) {
    OcrField field;
    field.name = input.text();
    field.text = input.optional();
    if (const auto type = input.optional()) field.type = *type;
    counts_.push_back(input.number<std::uint32_t>());
    for (std::size_t i = 0; i < counts_.back(); ++i) {
      const std::string_view text = input.text();
      words_.push_back({text, input.number<double>()});
    }
    fields_.push_back(field);
  }

  std::vector<OcrWord> words_;
  std::vector<OcrField> fields_;
  std::vector<std::size_t> counts_, ends_;  // words of each field; fields up to each document
};

void pack(Packer& out, const std::optional<double>& value) {
  out.u8(value.has_value());
  if (value) out.f64(*value);
}

/// Fields by their numbers: the wrapper knows their names.
void pack(Packer& out, const FieldReport& report) {
  pack(out, report.fields, [&](const FieldConfidence& field) {
    out.f64(field.confidence);
    out.f64(field.evidence);
    pack(out, field.engine);
    out.u8(field.format.has_value());
    if (field.format) pack(out, *field.format);
    pack(out, field.quality);
    out.f64(field.multiplier);
    pack(out, field.reasons, [&](const FieldReason& reason) {
      out.text(reason.code);
      out.f64(reason.factor);
      out.text(reason.detail);
    });
  });
  const DocumentSummary& summary = report.summary;
  out.u32(summary.extracted);
  out.u32(summary.missing);
  out.f64(summary.mean);
  out.f64(summary.minimum);
  out.u8(summary.weakest.has_value());
  if (summary.weakest) out.u32(*summary.weakest);
  out.f64(summary.expected_errors);
  pack(out, summary.review, [&](std::size_t field) { out.u32(field); });
  out.f64(summary.multiplier);
  out.f64(summary.efficiency);
}

}  // namespace

WASM(Reply, fieldDefaults)() {
  const FieldOptions defaults;
  Packer out;
  out.text(*defaults.regime);
  out.f64(defaults.base_confidence);
  out.text(defaults.scale);
  out.f64(defaults.review_below);
  return out.out();
}

WASM(Reply, fieldConfidence)(std::uintptr_t at, std::size_t bytes) {
  const Documents documents(Unpacker(at, bytes));
  return outcome(field_confidence(documents.all[0], documents.options), [](const FieldReport& report) {
    Packer out;
    pack(out, report);
    return out.out();
  });
}

WASM(Reply, fieldConfidenceBatch)(std::uintptr_t at, std::size_t bytes) {
  const Documents documents(Unpacker(at, bytes));
  return outcome(field_confidence_batch(documents.all, documents.options), [](const std::vector<FieldReport>& reports) {
    Packer out;
    for (const FieldReport& report : reports) pack(out, report);
    return out.out();
  });
}

}  // namespace paritas::wasm
