#include "paritas/ocr/field_confidence.hpp"

#include <limits>

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

namespace {

struct Sample {
  std::string_view type, text;
};
constexpr Sample kSamples[] = {
    {"date", "29.02.2024"},
    {"date", "5 de marzo de 2024"},
    {"amount", "1.234,56 €"},
    {"number", "-12,345.6"},
    {"iban", "DE89 3704 0044 0532 0130 00"},
    {"mrz",
     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
     "L898902C36UTO7408122F1204159ZE184226B<<<<<10"},
    {"email", "anna.b@example.org"},
    {"phone", "+49 (30) 901820 ext. 7"},
    {"card", "4111-1111-1111-1111"},
    {"country", "Germany"},
    {"currency", "EUR"},
};
constexpr std::string_view kMisread[] = {"0", "O", "l", "8", "B", " ", ".", "é", "<", "\xEF\xBF\xBD"};
constexpr std::string_view kRegimes[] = {"support", "exploration", "balance"};
constexpr std::string_view kScales[] = {"auto", "unit", "percent"};

double confidence(Random& random) {
  const std::uint64_t turn = random.below(16);
  if (turn == 0) return -1.0;
  if (turn == 1) return std::numeric_limits<double>::quiet_NaN();
  return turn < 6 ? random.unit() : 120.0 * random.unit();
}

/// A field's own text and words, which the field itself only views.
struct Drawn {
  std::string text, type;
  bool there = true;
  std::vector<std::string> words;
  std::vector<OcrWord> said;
};

Drawn draw(Random& random) {
  Drawn out;
  out.type = "text";
  const std::uint64_t turn = random.below(8);
  if (turn == 0) {
    out.there = false;
  } else if (turn < 4) {
    out.text = random_text(random, 6);
  } else {
    const Sample& sample = kSamples[random.below(std::size(kSamples))];
    out.type = sample.type;
    out.text = sample.text;
    const std::uint64_t misread = random.below(3);
    for (std::uint64_t i = 0; i < misread; ++i) {
      const OffsetMap offsets(out.text);
      const std::uint64_t at = random.below(offsets.codepoint(out.text.size()));
      const std::size_t start = offsets.byte_of_codepoint(static_cast<std::size_t>(at));
      const std::size_t end = offsets.byte_of_codepoint(static_cast<std::size_t>(at) + 1);
      out.text.replace(start, end - start, kMisread[random.below(std::size(kMisread))]);
    }
  }
  const std::uint64_t words = random.below(4);
  for (std::uint64_t i = 0; i < words; ++i) out.words.push_back(random_word(random));
  for (const std::string& word : out.words) out.said.push_back({word, confidence(random)});
  return out;
}

void add(Digest& digest, const FieldConfidence& field) {
  digest.add(field.confidence);
  digest.add(field.evidence);
  if (field.engine) digest.add(*field.engine);
  if (field.quality) digest.add(*field.quality);
  if (field.format) {
    digest.add(field.format->normalized);
    digest.add(static_cast<std::uint64_t>(field.format->checks_passed));
  }
  for (const FieldReason& reason : field.reasons) {
    digest.add(reason.code);
    digest.add(reason.factor);
    digest.add(reason.detail);
  }
}

}  // namespace

void check_field_confidence(Random& random, Digest& digest) {
  std::vector<Drawn> drawn;
  const std::uint64_t count = random.below(4);
  for (std::uint64_t i = 0; i < count; ++i) drawn.push_back(draw(random));
  std::vector<OcrField> fields;
  fields.reserve(drawn.size());
  for (const Drawn& field : drawn) {
    fields.push_back(
        {"field", field.there ? std::optional<std::string_view>(field.text) : std::nullopt, field.type, field.said});
  }
  FieldOptions options;
  const std::uint64_t regime = random.below(4);
  options.regime = regime < 3 ? std::optional<std::string_view>(kRegimes[regime]) : std::nullopt;
  options.base_confidence = random.unit();
  options.scale = kScales[random.below(3)];
  if (random.below(2) == 0) options.day_first = random.below(2) == 0;
  options.review_below = random.unit();
  const FieldReport report = field_confidence(fields, options).value();
  for (const FieldConfidence& field : report.fields) add(digest, field);
  const DocumentSummary& summary = report.summary;
  digest.add(std::uint64_t{summary.extracted});
  digest.add(summary.mean);
  digest.add(summary.minimum);
  if (summary.weakest) digest.add(std::uint64_t{*summary.weakest});
  digest.add(summary.expected_errors);
  for (const std::size_t field : summary.review) digest.add(std::uint64_t{field});
  digest.add(summary.multiplier);
  digest.add(summary.efficiency);
}

}  // namespace paritas
