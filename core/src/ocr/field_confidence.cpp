#include "paritas/ocr/field_confidence.hpp"

#include <algorithm>
#include <limits>

#include "base/parallel.hpp"
#include "ocr/field_confidence_details.hpp"
#include "ocr/text_quality_characters.hpp"
#include "paritas/ocr/text_quality.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {

namespace {

struct FormatFactors {
  std::string_view type;
  double valid, invalid;  // factors of the odds for a text that is a value of its type, and for one that is not
};
constexpr FormatFactors kFactors[] = {
    {"date", 4.0, 0.1},  {"amount", 2.0, 0.1}, {"number", 2.0, 0.1},   {"iban", 97.0, 0.02},    {"email", 3.0, 0.05},
    {"phone", 2.0, 0.1}, {"card", 10.0, 0.02}, {"country", 5.0, 0.05}, {"currency", 5.0, 0.05},
};
constexpr double kMrzValid[] = {1.0, 10.0, 100.0, 1000.0};  // by the check digits that agree, three at most
constexpr double kMrzInvalid = 0.02;
constexpr std::string_view kText = "text";
constexpr std::string_view kTypes[] = {kText,
#define X(id) #id,
                                       PARITAS_FORMATS(X)
#undef X
};
constexpr std::string_view kRegimes[] = {"support", "exploration", "balance"};
constexpr std::string_view kScales[] = {"auto", "unit", "percent"};

bool one_of(std::span<const std::string_view> known, std::string_view name) {
  return std::find(known.begin(), known.end(), name) != known.end();
}

std::string listed(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

std::optional<Error> fault_of(const FieldOptions& options) {
  const auto wrong = [](std::string message) { return Error{ErrorCode::invalid_argument, std::move(message)}; };
  if (options.regime && !one_of(kRegimes, *options.regime)) {
    return wrong("regime must be one of " + listed(kRegimes) + ", or none");
  }
  if (!one_of(kScales, options.scale)) return wrong("scale must be one of " + listed(kScales));
  if (!(options.base_confidence >= 0.0 && options.base_confidence <= 1.0)) {
    return wrong("base_confidence must be from 0 to 1");
  }
  if (!(options.review_below >= 0.0 && options.review_below <= 1.0)) return wrong("review_below must be from 0 to 1");
  return std::nullopt;
}

/// An unknown type; the number of its field.
std::optional<Error> fault_of(std::span<const OcrField> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (one_of(kTypes, fields[i].type)) continue;
    const std::string name(fields[i].name);
    return Error{ErrorCode::invalid_argument, "the type of field \"" + name + "\" must be one of " + listed(kTypes), i};
  }
  return std::nullopt;
}

struct Counted {
  std::size_t points = 0, seen = 0, bad = 0;  // all, without White_Space, of those what no text has
};

Counted count(std::string_view text) {
  Counted out;
  for (std::size_t at = 0; at < text.size(); ++out.points) {
    const Decoded next = decode_utf8(text, at);
    at += next.bytes;
    const TextCharacter& is = text_character(next.code_point);
    if (is.kind == TextKind::space) continue;
    ++out.seen;
    if ((is.flags & kBad) != 0) ++out.bad;
  }
  return out;
}

/// What the engine says of the words that have a confidence; the sums in the order of the words.
EngineWords engine_words(std::span<const OcrWord> words, bool percent) {
  EngineWords out;
  double total = 0.0, weight = 0.0;
  out.low = std::numeric_limits<double>::infinity();
  for (const OcrWord& word : words) {
    if (!(word.confidence >= 0.0)) continue;
    const double confidence = std::min(1.0, word.confidence / (percent ? 100.0 : 1.0)) + 0.0;  // never -0.0
    const auto length = static_cast<double>(std::max<std::size_t>(1, count(word.text).points));
    total += length * confidence;
    weight += length;
    out.low = std::min(out.low, confidence);
    ++out.count;
  }
  if (out.count > 0) out.mean = total / weight;
  return out;
}

double shape_factor(double quality) {
  if (quality >= 0.8) return 1.0 + (quality - 0.8) * 5.0;
  return std::max(0.05, (quality / 0.8) * (quality / 0.8));
}

double format_factor(const FormatResult& result) {
  const std::string_view type = name(result.type);
  for (const FormatFactors& factors : kFactors) {
    if (factors.type == type) return result.valid ? factors.valid : factors.invalid;
  }
  return result.valid ? kMrzValid[std::clamp(result.checks_passed, 0, 3)] : kMrzInvalid;
}

struct Setting {
  const FieldOptions& options;
  bool percent;
  double multiplier;
};

FieldConfidence judge(const OcrField& field, const Counted& counted, const Setting& setting) {
  FieldConfidence out;
  out.multiplier = setting.multiplier;
  if (counted.seen == 0) {
    out.reasons.push_back({"empty", 0.0, "The field has no text."});
    return out;
  }
  out.reasons.reserve(3);
  double odds = 1.0;
  const auto weigh = [&](std::string_view code, double factor, std::string detail) {
    odds *= factor;
    out.reasons.push_back({code, factor, std::move(detail)});
  };
  const double base = setting.options.base_confidence + 0.0;  // never -0.0
  const EngineWords said = engine_words(field.words, setting.percent);
  const bool is_text = field.type == kText;
  // One bad word spoils an IBAN, not a paragraph.
  if (said.count > 0) out.engine = said.mean - (said.mean - said.low) * (is_text ? 0.2 : 0.5);
  const double p = std::min(0.99, std::max(0.01, out.engine.value_or(base)));
  weigh(said.count > 0 ? "engine" : "no_engine", p / (1.0 - p), engine_detail(said, base));

  if (counted.bad > 0) {
    const double share = 2.0 * static_cast<double>(counted.bad) / static_cast<double>(counted.seen);
    weigh("bad_char", std::max(0.02, 1.0 - share), bad_detail(counted.bad, counted.seen));
  }
  if (is_text) {
    out.quality = text_quality(*field.text);
    weigh("shape", shape_factor(*out.quality), quality_detail(*out.quality));
    if (counted.seen == 1) weigh("too_short", 0.5, "A single character proves little.");
  } else {
    const FormatType type = format_type(field.type).value();  // known: fault_of has looked
    out.format = validate_format(*field.text, type, {setting.options.day_first});
    weigh(out.format->reason, format_factor(*out.format), format_detail(*out.format));
  }
  out.evidence = odds / (1.0 + odds);
  out.confidence = out.evidence * setting.multiplier;
  return out;
}

FieldReport report(std::span<const OcrField> fields, const FieldOptions& options) {
  FieldReport out;
  DocumentSummary& summary = out.summary;
  std::vector<Counted> counted(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].text) counted[i] = count(*fields[i].text);
    if (counted[i].seen > 0) ++summary.extracted;
  }
  const auto n = static_cast<std::int64_t>(summary.extracted);
  summary.fields = fields.size();
  summary.missing = summary.fields - summary.extracted;
  summary.multiplier = options.regime ? confidence_multiplier(n, *options.regime) : 1.0;
  summary.efficiency = space_bound(n).efficiency;
  const auto above = [](const OcrWord& word) { return word.confidence > 1.0; };
  const bool percent = options.scale == "auto"
                           ? std::any_of(fields.begin(), fields.end(),
                                         [&](const OcrField& field) {
                                           return std::any_of(field.words.begin(), field.words.end(), above);
                                         })
                           : options.scale == "percent";
  const Setting setting{options, percent, summary.multiplier};
  out.fields.reserve(fields.size());
  double total = 0.0;
  for (std::size_t i = 0; i < fields.size(); ++i) {  // the sums in the order of the fields
    out.fields.push_back(judge(fields[i], counted[i], setting));
    if (counted[i].seen == 0) continue;
    const FieldConfidence& field = out.fields.back();
    total += field.confidence;
    summary.expected_errors += 1.0 - field.evidence;
    if (!summary.weakest || field.confidence < out.fields[*summary.weakest].confidence) summary.weakest = i;
    if (field.evidence < options.review_below) summary.review.push_back(i);
  }
  if (summary.weakest) {
    summary.mean = total / static_cast<double>(summary.extracted);
    summary.minimum = out.fields[*summary.weakest].confidence;
  }
  return out;
}

}  // namespace

Result<FieldReport> field_confidence(std::span<const OcrField> fields, const FieldOptions& options) {
  if (auto fault = fault_of(options)) return *std::move(fault);
  if (auto fault = fault_of(fields)) return *std::move(fault);
  return report(fields, options);
}

Result<std::vector<FieldReport>> field_confidence_batch(std::span<const std::span<const OcrField>> documents,
                                                        const FieldOptions& options, std::int64_t threads) {
  if (auto fault = fault_of(options)) return *std::move(fault);
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  for (std::size_t i = 0; i < documents.size(); ++i) {
    auto fault = fault_of(documents[i]);
    if (!fault) continue;
    fault->offset = i;
    return *std::move(fault);
  }
  std::vector<FieldReport> out(documents.size());
  parallel_for(documents.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = report(documents[i], options);
  });
  return out;
}

}  // namespace paritas
