#include "paritas/match/response.hpp"

#include "packed.hpp"
#include "pii.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

std::vector<std::string_view> list_in(Unpacker& in) {
  std::vector<std::string_view> out(in.number<std::uint32_t>());
  for (std::string_view& text : out) text = in.text();
  return out;
}

/// What `packRules` of web/src/response.ts has written.
Result<ResponseValidator> validator_of(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  ResponseRules rules;
  for (bool* flag : {&rules.leakage, &rules.garbage, &rules.refusal, &rules.secrets, &rules.respect_code}) {
    *flag = in.number<std::uint8_t>() != 0;
  }
  rules.min_length = in.number<std::int32_t>();
  rules.max_length = in.number<std::int32_t>();
  const std::string_view severity = in.text();
  auto kinds = kinds_of(in);
  if (!kinds.ok()) return kinds.error();
  rules.pii = kinds.value();
  rules.required = list_in(in);
  rules.forbidden = list_in(in);
  rules.allow = list_in(in);
  auto known = fail_severity_of(severity);
  if (!known.ok()) return known.error();
  rules.fail_severity = known.value();
  return ResponseValidator::build(rules);
}

void pack_result(Packer& out, std::string_view text, const ValidationResult& result) {
  out.u8(result.ok);
  for (const std::size_t count : result.counts) out.u32(count);
  const OffsetMap offsets(result.issues.empty() ? std::string_view() : text);
  pack(out, result.issues, [&](const Issue& issue) {
    out.text(name(issue.kind));
    out.text(issue.rule);
    out.text(name(issue.severity));
    pack(out, issue.span, offsets);
    out.text(issue.message);
  });
}

Reply reply(std::string_view text) {
  Packer out;
  out.text(text);
  return out.out();
}

}  // namespace

WASM(Reply, validateResponseDefaults)() {
  const ResponseRules rules;
  Packer out;
  for (const bool flag : {rules.leakage, rules.garbage, rules.refusal, rules.secrets, rules.respect_code}) out.u8(flag);
  out.f64(static_cast<double>(rules.min_length));
  out.f64(static_cast<double>(rules.max_length));
  out.text(name(rules.fail_severity));
  return out.out();
}

WASM(Reply, validateResponseBatch)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t rules_at, std::size_t rules_bytes) {
  return outcome(validator_of(rules_at, rules_bytes), [&](const ResponseValidator& validator) {
    const std::vector<std::string_view> all = texts(at, bytes);
    Packer out;
    for (std::size_t kind = 0; kind < kIssueKinds; ++kind) out.text(name(static_cast<IssueKind>(kind)));
    for (const std::string_view text : all) pack_result(out, text, validator.validate(text));
    return out.out();
  });
}

WASM(Reply, validateResponseSanitized)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t rules_at, std::size_t rules_bytes) {
  return outcome(validator_of(rules_at, rules_bytes),
                 [&](const ResponseValidator& validator) { return reply(validator.sanitized(text(at, bytes))); });
}

WASM(Reply, validateResponseClean)(std::uintptr_t at, std::size_t bytes) {
  return reply(sanitize_response(text(at, bytes)));
}

WASM(bool, validateResponseGarbage)(std::uintptr_t at, std::size_t bytes) {
  return is_garbage_content(text(at, bytes));
}

WASM(Reply, validateResponseLeakage)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view whole = text(at, bytes);
  const OffsetMap offsets(whole);
  Packer out;
  for (const LeakagePattern& leak : detect_leakage_patterns(whole)) {
    pack(out, leak.span, offsets);
    out.text(leak.rule);
  }
  return out.out();
}

WASM(Reply, validateResponseMarkup)(std::uintptr_t at, std::size_t bytes) {
  return reply(strip_markup(text(at, bytes)));
}

}  // namespace paritas::wasm
