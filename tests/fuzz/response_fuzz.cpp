// Any bytes as an answer: no report of a sanitizer, and issues that fit together.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/match/response.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  paritas::ResponseRules rules;
  rules.respect_code = size % 3 != 0;
  if (size > 4) rules.forbidden = {text.substr(size / 2, 2)};
  const auto validator = paritas::ResponseValidator::build(rules);
  require(validator.ok());
  const paritas::ValidationResult result = validator.value().validate(text);
  std::size_t start = 0;
  bool changes = false;
  for (const paritas::Issue& issue : result.issues) {
    require(issue.span.start >= start && issue.span.start <= issue.span.end && issue.span.end <= size);
    start = issue.span.start;
    changes = changes || issue.kind == paritas::IssueKind::leakage || issue.kind == paritas::IssueKind::secrets ||
              issue.kind == paritas::IssueKind::pii;
  }
  const std::string sanitized = validator.value().sanitized(text);
  require(sanitized.size() <= size && (changes || sanitized == text));
  require(paritas::sanitize_response(text).size() <= size);
  require(paritas::strip_markup(text).size() <= size);
  return 0;
}
