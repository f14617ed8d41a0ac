#include "paritas/match/response.hpp"

#include "exact.hpp"
#include "match/response_find.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

Json record(const Exact& text, const ValidationResult& result, const ResponseValidator& validator) {
  Json counts;
  for (std::size_t kind = 0; kind < kIssueKinds; ++kind) {
    counts[std::string(name(static_cast<IssueKind>(kind)))] = result.counts[kind];
  }
  return {{"ok", result.ok},
          {"issues", Exact::list(result.issues,
                                 [&](const Issue& issue) {
                                   return Json{{"kind", name(issue.kind)},
                                               {"rule", issue.rule},
                                               {"severity", name(issue.severity)},
                                               {"span", text.span(issue.span)},
                                               {"message", issue.message}};
                                 })},
          {"counts", counts},
          {"sanitized", validator.sanitized(text.view())}};
}

Json failure(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

/// The texts that rules have views of.
struct Owned {
  std::vector<std::string> pii, required, forbidden, allow;
};
std::vector<std::string_view> views(std::vector<std::string>& owned, const Json& given, const char* key) {
  if (given.contains(key)) owned = given[key].get<std::vector<std::string>>();
  return {owned.begin(), owned.end()};
}

Json judged(const Json& given) {
  const Json said = given.value("rules", Json::object());
  Owned owned;
  ResponseRules rules;
  rules.leakage = said.value("leakage", rules.leakage);
  rules.garbage = said.value("garbage", rules.garbage);
  rules.refusal = said.value("refusal", rules.refusal);
  rules.secrets = said.value("secrets", rules.secrets);
  rules.respect_code = said.value("respect_code", rules.respect_code);
  rules.min_length = said.value("min_length", rules.min_length);
  rules.max_length = said.value("max_length", rules.max_length);
  rules.required = views(owned.required, said, "required");
  rules.forbidden = views(owned.forbidden, said, "forbidden");
  rules.allow = views(owned.allow, said, "allow");
  if (said.contains("pii")) {
    const auto kinds = PiiKinds::of(views(owned.pii, said, "pii"));
    if (!kinds.ok()) return failure(kinds.error());
    rules.pii = kinds.value();
  }
  const auto severity = fail_severity_of(said.value("fail_severity", "medium"));
  if (!severity.ok()) return failure(severity.error());
  rules.fail_severity = severity.value();
  const auto validator = ResponseValidator::build(rules);
  if (!validator.ok()) return failure(validator.error());
  if (given.contains("text")) {
    const Exact text(given["text"]);
    return {{"value", record(text, validator.value().validate(text.view()), validator.value())}};
  }
  std::vector<std::string> each = given.at("texts");
  const std::vector<std::string_view> texts(each.begin(), each.end());
  const auto results = validate_response_batch(texts, validator.value());
  if (!results.ok()) return failure(results.error());
  Json out = Json::array();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    out.push_back(record(Exact(each[i]), results.value()[i], validator.value()));
  }
  return {{"value", out}};
}

Json run(const Json& given) {
  const std::string call = given.at("call");
  if (call == "validate" || call == "batch") return judged(given);
  const Exact text(given.at("text"));
  if (call == "sanitize") return {{"value", sanitize_response(text.view())}};
  if (call == "garbage") return {{"value", is_garbage_content(text.view())}};
  if (call == "markup") return {{"value", strip_markup(text.view())}};
  REQUIRE(call == "leakage");
  return {{"value", Exact::list(detect_leakage_patterns(text.view()), [&](const LeakagePattern& leak) {
             return Json{{"span", text.span(leak.span)}, {"rule", leak.rule}};
           })}};
}

}  // namespace

TEST_CASE("response agrees with its vectors") {
  for (const auto& test : load_vectors("response")) {
    INFO(test["id"]);
    CHECK(run(test.at("given")).dump() == test.at("expect").dump());
  }
}

TEST_CASE("rules are copied with the texts that they point to") {
  auto word = std::make_unique<std::string>("forbidden word that is too long to stand in place");
  ResponseRules rules;
  rules.forbidden = {*word};
  rules.allow = {"email"};
  const ResponseValidator validator = ResponseValidator::build(rules).value();
  const std::string text = "a@b.org " + *word;
  word.reset();
  CHECK(validator.validate(text).issues.size() == 1);
}

TEST_CASE("ill-formed bytes of an answer count as U+FFFD") {
  const auto result = ResponseValidator::build({}).value().validate("a\xFF\xFF\xFF a@b.org\xC3");
  REQUIRE(result.issues.size() == 2);
  CHECK(result.issues[0].rule == "replacement_chars");
  CHECK(result.issues[1].span == Span{5, 12});
  CHECK(ResponseValidator::build({}).value().sanitized("\xFF a@b.org") == "\xFF *******");
}

TEST_CASE("a hostile answer costs no more than its length") {
  // Quadratic work on any of these would take minutes.
  const ResponseValidator validator = ResponseValidator::build({}).value();
  for (const std::string_view piece : {"<",
                                       "[",
                                       "<|",
                                       "<|a",
                                       "{\"name\":",
                                       "{",
                                       "[[",
                                       "`",
                                       "```\n",
                                       "ha\n",
                                       "I can't ",
                                       "a ",
                                       "\xC3\x83\xC2\xA9",
                                       "<think>",
                                       "<tool_call>",
                                       "{\"name\": 1, \"arguments\": 2}<think>",
                                       "\xEF\xBF\xBD",
                                       "sorry ",
                                       "\n",
                                       "#",
                                       "<a "}) {
    std::string text;
    while (text.size() < 300'000) text += piece;
    const ValidationResult result = validator.validate(text);
    CHECK(result.issues.size() <= text.size());
    CHECK(validator.sanitized(text).size() <= text.size());
    CHECK(strip_markup(text).size() <= text.size());
  }
}

}  // namespace paritas::tests
