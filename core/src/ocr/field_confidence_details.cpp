#include "ocr/field_confidence_details.hpp"

#include <string_view>

#include "paritas/base/format.hpp"

namespace paritas {

namespace {

struct Sentence {
  std::string_view key, words;
};

constexpr Sentence kNouns[] = {
    {"date", "a date"},
    {"amount", "an amount"},
    {"number", "a number"},
    {"iban", "an IBAN"},
    {"mrz", "a machine-readable zone"},
    {"email", "an e-mail address"},
    {"phone", "a telephone number"},
    {"card", "a card number"},
    {"country", "a country"},
    {"currency", "a currency"},
};
// By what follows the type in the reason of an invalid text.
constexpr Sentence kFaults[] = {
    {"chars", "It has a character that does not stand in"},
    {"length", "It is too short or too long for"},
    {"form", "It has not the form of"},
    {"shape", "Its lines are not those of"},
    {"unknown", "It is not known as"},
};
constexpr Sentence kOtherFaults[] = {
    {"iban_country", "It begins with no country that has IBANs."},
    {"date_year", "Its year is not from 1800 to 2199."},
    {"date_calendar", "There is no such day in the calendar."},
};

template <std::size_t count>
std::string_view find(const Sentence (&sentences)[count], std::string_view key) {
  for (const Sentence& sentence : sentences) {
    if (sentence.key == key) return sentence.words;
  }
  return {};
}

std::string joined(std::initializer_list<std::string_view> pieces) {
  std::string out;
  for (const std::string_view piece : pieces) out += piece;
  return out;
}

std::string fault_of(const FormatResult& result, std::string_view noun, std::string_view sums) {
  const std::string_view fault = result.reason.substr(result.reason.rfind('_') + 1);
  if (fault == "checksum") return joined({"It is not ", noun, ": ", sums, "."});
  const std::string_view general = find(kFaults, fault);
  return general.empty() ? std::string(find(kOtherFaults, result.reason)) : joined({general, " ", noun, "."});
}

}  // namespace

std::string engine_detail(const EngineWords& said, double base_confidence) {
  const std::string mean = fixed_decimal(said.mean, 2);
  if (said.count == 0) {
    return joined({"No word has a confidence; ", fixed_decimal(base_confidence, 2), " is assumed."});
  }
  if (said.count == 1) return joined({"The engine gave its word ", mean, "."});
  return joined({"The engine gave its ", std::to_string(said.count), " words ", mean, " on average, ",
                 fixed_decimal(said.low, 2), " at least."});
}

std::string bad_detail(std::size_t bad, std::size_t seen) {
  return joined({std::to_string(bad), " of ", std::to_string(seen), " characters stand for nothing that is written."});
}

std::string quality_detail(double quality) {
  const std::string_view said = quality >= 0.8 ? "It looks like writing" : "It does not look like writing";
  return joined({said, ": quality ", fixed_decimal(quality, 2), "."});
}

std::string format_detail(const FormatResult& result) {
  const std::string_view noun = find(kNouns, name(result.type));
  const std::string sums =
      joined({std::to_string(result.checks_passed), " of ", std::to_string(result.checks), " check sums agree"});
  if (result.valid) {
    if (result.reason == "date_ambiguous") return "It is a date, but which number is the day cannot be told.";
    if (result.reason.ends_with("_ambiguous")) {
      return joined({"It is ", noun, ", but its separator may be a decimal point."});
    }
    return result.checks > 0 ? joined({"It is ", noun, ": ", sums, "."}) : joined({"It is ", noun, "."});
  }
  std::string detail = fault_of(result, noun, sums);
  if (result.suggestion) detail += joined({" \"", *result.suggestion, "\" would be right."});
  return detail;
}

}  // namespace paritas
