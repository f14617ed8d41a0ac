#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/ocr/formats.hpp"
#include "paritas/ocr/tesseract_words.hpp"
#include "paritas/ocr/williams.hpp"

namespace paritas {

/// A field as it was extracted. Views last as long as the call.
struct OcrField {
  std::string_view name;
  std::optional<std::string_view> text;  // none and blank texts count as missing
  std::string_view type = "text";        // or the name of a FormatType
  std::span<const OcrWord> words;        // those that its text was taken from
};

struct FieldOptions {
  std::optional<std::string_view> regime = kDefaultRegime;  // none: a multiplier of 1
  double base_confidence = kDefaultBaseConfidence;          // of a field whose words have no confidence, 0 to 1
  std::string_view scale = "auto";     // of confidences: "unit", "percent"; "auto": percent if any is above 1
  std::optional<bool> day_first = {};  // as FormatOptions has it
  double review_below = 0.8;           // fields with less evidence are named in the summary, 0 to 1
};

/// A step of the evidence.
struct FieldReason {
  std::string_view code;  // lives for ever
  double factor = 1.0;    // of the odds; the product of a field's factors is evidence / (1 - evidence)
  std::string detail;     // a sentence for people
};

/// How far one field can be trusted, and why.
struct FieldConfidence {
  double confidence = 0.0;             // evidence * multiplier, 0 to 1
  double evidence = 0.0;               // the chance that it was read correctly, as far as this can be seen; 0 to 1
  std::optional<double> engine;        // what the engine says of its words, 0 to 1
  std::optional<FormatResult> format;  // none for type "text" and for a missing text
  std::optional<double> quality;       // text_quality, for type "text"
  double multiplier = 1.0;
  std::vector<FieldReason> reasons;  // in the order of the steps
};

/// All fields of a document together; mean, minimum and expected_errors are of those that have a text.
struct DocumentSummary {
  std::size_t fields = 0, extracted = 0, missing = 0;  // extracted: with a text
  double mean = 0.0, minimum = 0.0;                    // of the confidence
  std::optional<std::size_t> weakest;                  // the field with the least confidence, the first of equal ones
  double expected_errors = 0.0;                        // the sum of 1 - evidence
  std::vector<std::size_t> review;                     // fields with a text and less evidence than review_below
  double multiplier = 1.0;
  double efficiency = 1.0;  // of the Williams bound of `extracted`
};

/// What is said of a document; a field is named by its number.
struct FieldReport {
  std::vector<FieldConfidence> fields;
  DocumentSummary summary;
};

/// How far the fields of one document can be trusted, from the confidence of their words, their formats and check digits,
/// and signs of noise: odds that every step multiplies. It sees what was read, never the image: a wrong digit in an amount
/// that is still an amount goes unseen.
///
/// Errors: `invalid_argument` for an unknown type (its offset is the number of the field), regime or scale, or a
///         base_confidence or review_below outside of 0 to 1
/// Source: formula and factors of our own; docs/ocr.md tells them and bench/ocr measures them. Linear in texts and words.
Result<FieldReport> field_confidence(std::span<const OcrField> fields, const FieldOptions& options = {});

/// field_confidence of each document; scale "auto" looks at the words of one document, so that none depends on another.
///
/// threads: 0 for all cores; never changes a result
/// Errors:  the first document's that has one, with the number of the document; `invalid_argument` for negative threads
Result<std::vector<FieldReport>> field_confidence_batch(std::span<const std::span<const OcrField>> documents,
                                                        const FieldOptions& options = {}, std::int64_t threads = 0);

}  // namespace paritas
