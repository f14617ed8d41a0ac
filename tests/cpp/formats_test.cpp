#include "paritas/ocr/formats.hpp"

#include "vectors.hpp"

namespace paritas::tests {
namespace {

Json record(const FormatResult& result) {
  Json notes = Json::array();
  for (const std::string_view note : result.notes) notes.push_back(note);
  return {{"valid", result.valid},
          {"type", name(result.type)},
          {"normalized", result.normalized},
          {"reason", result.reason},
          {"notes", notes},
          {"checks_passed", result.checks_passed},
          {"checks", result.checks},
          {"suggestion", result.suggestion ? Json(*result.suggestion) : Json()}};
}

Json failure(const Error& error, std::size_t offset) {
  return {{"error", {{"code", name(error.code)}, {"offset", offset}}}};
}

Json one(const Json& given, const FormatOptions& options) {
  const auto type = format_type(given.at("type").get<std::string>());
  if (!type.ok()) return failure(type.error(), 0);
  const auto text = given.at("text").get<std::string>();
  const std::vector<char> exact(text.begin(), text.end());  // so that AddressSanitizer sees a read past the end
  return {{"value", record(validate_format({exact.data(), exact.size()}, type.value(), options))}};
}

Json many(const Json& given, const FormatOptions& options) {
  const auto owned = given.at("texts").get<std::vector<std::string>>();
  const std::vector<std::string_view> texts(owned.begin(), owned.end());
  const bool each = given.at("types").is_array();
  std::vector<FormatType> types;
  for (const Json& name : each ? given.at("types") : Json::array({given.at("types")})) {
    const auto type = format_type(name.get<std::string>());
    if (!type.ok()) return failure(type.error(), types.size());
    types.push_back(type.value());
  }
  const auto results = each ? validate_format_batch(texts, std::span<const FormatType>(types), options)
                            : validate_format_batch(texts, types[0], options);
  if (!results.ok()) return failure(results.error(), results.error().offset);
  Json out = Json::array();
  for (const FormatResult& result : results.value()) out.push_back(record(result));
  return {{"value", out}};
}

}  // namespace

TEST_CASE("formats agree with their vectors") {
  for (const auto& test : load_vectors("formats")) {  // no sections: each would read the file again
    const Json& given = test.at("given");
    INFO(test["id"]);
    FormatOptions options;
    if (given.contains("day_first")) options.day_first = given["day_first"].get<bool>();
    const Json actual = given.contains("text") ? one(given, options) : many(given, options);
    CHECK(actual.dump() == test.at("expect").dump());
  }
}

TEST_CASE("names of formats turn back") {
  for (const std::string_view known :
       {"date", "amount", "number", "iban", "mrz", "email", "phone", "card", "country", "currency"}) {
    CHECK(name(format_type(known).value()) == known);
  }
  CHECK(format_type("text").error().message ==
        "type must be one of date, amount, number, iban, mrz, email, phone, card, country, currency");
}

TEST_CASE("ill-formed bytes of a format count as U+FFFD") {
  CHECK(validate_format("\xff\xfe", FormatType::iban).reason == "iban_chars");
  CHECK(validate_format("12\xe2\x80", FormatType::number).reason == "amount_form");
  CHECK(validate_format("a@b\xc0.de", FormatType::email).reason == "email_form");
}

TEST_CASE("thousands of formats are the same on all cores") {
  std::vector<std::string> owned;
  for (int i = 0; i < 5'000; ++i) owned.push_back(std::to_string(i) + (i % 3 == 0 ? ",50" : "."));
  const std::vector<std::string_view> texts(owned.begin(), owned.end());
  const auto results = validate_format_batch(texts, FormatType::amount).value();
  REQUIRE(results.size() == texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK(record(results[i]).dump() == record(validate_format(texts[i], FormatType::amount)).dump());
  }
}

TEST_CASE("a long text costs no more than its length") {
  // Quadratic work on any of these would take minutes, not the second that all of them may.
  constexpr std::string_view kPieces[] = {"1",   "1,",       "1 ",           "a.",  "(0)", "1(0)", "de ",
                                          "mar", "\xCC\x81", "\xEF\xBF\xBD", "<\n", "EUR", "O"};
  for (const std::string_view piece : kPieces) {
    std::string text;
    while (text.size() < 100'000) text += piece;
    for (int type = 0; type < 10; ++type) {
      const FormatResult result = validate_format(text, static_cast<FormatType>(type));
      CHECK((result.valid == (result.reason == "amount_valid" || result.reason == "number_valid")));
    }
  }
}

}  // namespace paritas::tests
