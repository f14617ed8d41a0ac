// Any bytes as any format: no report of a sanitizer, and an answer that fits together.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/ocr/formats.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto type = static_cast<paritas::FormatType>(data[0] % 10);
  paritas::FormatOptions options;
  if (const int order = data[0] / 10 % 3; order > 0) options.day_first = order == 1;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const paritas::FormatResult result = paritas::validate_format(text, type, options);
  require(result.type == type && !result.reason.empty());
  require(result.checks_passed >= 0 && result.checks_passed <= result.checks && result.checks <= 5);
  require(result.valid == (result.reason.ends_with("_valid") || result.reason.ends_with("_ambiguous")));
  require(result.valid || result.normalized.empty());
  if (result.suggestion) {
    require(!result.valid);
    require(type == paritas::FormatType::email || paritas::validate_format(*result.suggestion, type, options).valid);
  }
  using enum paritas::FormatType;
  // A phone's extension is written otherwise; lower case may make a label of a domain longer than it may be.
  if (!result.normalized.empty() && type != mrz && type != phone && type != email) {
    require(paritas::validate_format(result.normalized, type, options).valid);
  }
  return 0;
}
