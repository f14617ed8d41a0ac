#include "paritas/ocr/field_confidence.hpp"

#include <memory>

#include "exact.hpp"
#include "vectors.hpp"

namespace paritas::tests {

namespace {

/// The fields of a vector, each text in a heap block of its own.
class Document {
 public:
  explicit Document(const Json& fields) {
    for (const Json& field : fields) {
      words_.emplace_back();
      for (const Json& word : field.value("words", Json()).is_null() ? Json::array() : field.at("words")) {
        words_.back().push_back({keep(word.at("text")), number(word.at("confidence"))});
      }
      OcrField out;
      out.name = keep(field.at("name"));
      if (field.contains("text") && !field.at("text").is_null()) out.text = keep(field.at("text"));
      if (field.contains("type") && !field.at("type").is_null()) out.type = keep(field.at("type"));
      fields_.push_back(out);
    }
    for (std::size_t i = 0; i < fields_.size(); ++i) fields_[i].words = words_[i];
  }
  [[nodiscard]] std::span<const OcrField> fields() const { return fields_; }

 private:
  std::string_view keep(const Json& text) {
    texts_.push_back(std::make_unique<Exact>(text));
    return texts_.back()->view();
  }
  std::vector<std::unique_ptr<Exact>> texts_;
  std::vector<std::vector<OcrWord>> words_;
  std::vector<OcrField> fields_;
};

struct Options {
  explicit Options(const Json& given) : scale(given.value("scale", "auto")) {
    if (given.contains("regime")) {
      options.regime.reset();
      if (!given.at("regime").is_null()) options.regime = regime = given.at("regime").get<std::string>();
    }
    if (given.contains("base_confidence")) options.base_confidence = number(given.at("base_confidence"));
    options.scale = scale;
    if (given.contains("day_first")) options.day_first = given.at("day_first").get<bool>();
    options.review_below = given.value("review_below", options.review_below);
  }
  std::string regime, scale;
  FieldOptions options;
};

Json optional(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json as_json(const FormatResult& format) {
  Json notes = Json::array();
  for (const std::string_view note : format.notes) notes.push_back(note);
  return {{"valid", format.valid},
          {"type", name(format.type)},
          {"normalized", format.normalized},
          {"reason", format.reason},
          {"notes", notes},
          {"checks_passed", format.checks_passed},
          {"checks", format.checks},
          {"suggestion", format.suggestion ? Json(*format.suggestion) : Json()}};
}

Json as_json(const FieldReport& report, const Document& document, const std::optional<std::string_view>& regime) {
  const auto name = [&](std::size_t field) { return Json(std::string(document.fields()[field].name)); };
  std::size_t at = 0;
  const Json fields = Exact::list(report.fields, [&](const FieldConfidence& field) {
    return Json{{"name", name(at++)},
                {"confidence", field.confidence},
                {"evidence", field.evidence},
                {"engine", optional(field.engine)},
                {"format", field.format ? as_json(*field.format) : Json()},
                {"quality", optional(field.quality)},
                {"multiplier", field.multiplier},
                {"reasons", Exact::list(field.reasons, [](const FieldReason& reason) {
                   return Json{{"code", reason.code}, {"factor", reason.factor}, {"detail", reason.detail}};
                 })}};
  });
  const DocumentSummary& of = report.summary;
  return {{"fields", fields},
          {"summary",
           {{"fields", of.fields},
            {"extracted", of.extracted},
            {"missing", of.missing},
            {"mean", of.mean},
            {"minimum", of.minimum},
            {"weakest", of.weakest ? name(*of.weakest) : Json()},
            {"expected_errors", of.expected_errors},
            {"review", Exact::list(of.review, name)},
            {"multiplier", of.multiplier},
            {"regime", regime ? Json(*regime) : Json()},
            {"efficiency", of.efficiency}}}};
}

Json failure(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

}  // namespace

TEST_CASE("field_confidence agrees with its vectors") {
  for (const auto& test : load_vectors("field_confidence")) {
    DYNAMIC_SECTION(test["id"]) {
      const Document document(test.at("given").at("fields"));
      const Options given(test.at("given"));
      const auto report = field_confidence(document.fields(), given.options);
      const Json found = report.ok() ? Json{{"value", as_json(report.value(), document, given.options.regime)}}
                                     : failure(report.error());
      CHECK(found.dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("field_confidence_batch agrees with its vectors") {
  for (const auto& test : load_vectors("field_confidence_batch")) {
    DYNAMIC_SECTION(test["id"]) {
      std::vector<std::unique_ptr<Document>> documents;
      std::vector<std::span<const OcrField>> fields;
      for (const Json& document : test.at("given").at("documents")) {
        documents.push_back(std::make_unique<Document>(document));
        fields.push_back(documents.back()->fields());
      }
      const Options given(test.at("given"));
      const auto reports = field_confidence_batch(fields, given.options, test.at("given").value("threads", 0));
      std::size_t at = 0;
      const Json found =
          reports.ok() ? Json{{"value", Exact::list(reports.value(),
                                                    [&](const FieldReport& report) {
                                                      return as_json(report, *documents[at++], given.options.regime);
                                                    })}}
                       : failure(reports.error());
      CHECK(found.dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("field_confidence_batch refuses negative threads") {
  CHECK(field_confidence_batch({}, {}, -1).error().message == "threads must be at least 0");
}

}  // namespace paritas::tests
