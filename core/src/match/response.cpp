#include "paritas/match/response.hpp"

#include <algorithm>
#include <optional>

#include "base/parallel.hpp"
#include "match/response_find.hpp"
#include "paritas/match/aho_corasick.hpp"
#include "paritas/match/secrets.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr std::array kKindNames{
#define X(id) std::string_view(#id),
    PARITAS_RESPONSE_KINDS(X)
#undef X
};
constexpr std::string_view kSeverities[] = {"low", "medium", "high", "critical"};
constexpr std::size_t kRest = 600;  // more code points than so many behind a refusal are an answer after all
constexpr std::size_t kBytesPerThread = 65'536;  // below this a thread costs more than it saves

struct Rule {
  std::string_view name;
  Severity severity;
  std::string_view message;
};
constexpr Rule kRules[] = {
    {"empty", Severity::high, "the answer says nothing"},
    {"too_short", Severity::medium, "the answer is shorter than min_length"},
    {"too_long", Severity::medium, "the answer is longer than max_length"},
    {"missing_required", Severity::medium, "the answer lacks "},
    {"forbidden", Severity::medium, "the answer holds forbidden text"},
    {"refusal", Severity::medium, "the answer refuses"},
    {"partial_refusal", Severity::low, "the answer refuses, and goes on"},
    {"char_run", Severity::high, "one character again and again"},
    {"line_loop", Severity::high, "one line again and again"},
    {"low_novelty", Severity::medium, "the same words again and again"},
    {"replacement_chars", Severity::high, "bytes were lost before this text was made"},
    {"control_chars", Severity::low, "control characters"},
    {"mojibake", Severity::medium, "UTF-8 was read as another encoding"},
    {"symbol_soup", Severity::high, "less than half of it is words"},
    {"unclosed_fence", Severity::low, "a code fence is not closed"},
};
constexpr std::string_view kLeakage = "syntax or a prompt that no reader should see: ";
constexpr std::string_view kSecret = "a secret: ";
constexpr std::string_view kPersonal = "personal data: ";

const Rule& rule_of(std::string_view name) {
  return *std::find_if(std::begin(kRules), std::end(kRules), [&](const Rule& rule) { return rule.name == name; });
}

std::string joined(std::string_view text, std::string_view more) {
  std::string out(text);
  out += more;
  return out;
}

std::size_t count_points(std::string_view text) {
  std::size_t points = 0;
  for (std::size_t at = 0; at < text.size(); ++points) at += decode_utf8(text, at).bytes;
  return points;
}

/// Nothing outside white space, controls and format characters.
bool says_nothing(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto [c, bytes] = decode_utf8(text, at);
    const Category kind = category(c);
    const bool separates = kind == Category::Zs || kind == Category::Zl || kind == Category::Zp;
    if (!separates && kind != Category::Cc && kind != Category::Cf) return false;
    at += bytes;
  }
  return true;
}

Severity severity_of(const PiiMatch& match) {
  // An address of these kinds is nobody's.
  if (match.kind == PiiKind::ip && (match.detail == "loopback" || match.detail == "documentation"))
    return Severity::low;
  const bool proven = match.kind == PiiKind::credit_card || match.kind == PiiKind::iban || match.kind == PiiKind::ssn;
  return proven ? Severity::high : Severity::medium;
}

bool breaks_line(char32_t c) { return (c >= 0xA && c <= 0xD) || c == 0x85 || c == 0x2028 || c == 0x2029; }

}  // namespace

std::string_view name(IssueKind kind) noexcept { return kKindNames[static_cast<std::size_t>(kind)]; }
std::string_view name(Severity severity) noexcept { return kSeverities[static_cast<std::size_t>(severity)]; }

Result<Severity> fail_severity_of(std::string_view name) {
  const auto known = std::find(std::begin(kSeverities), std::end(kSeverities), name);
  if (known != std::end(kSeverities)) return static_cast<Severity>(known - std::begin(kSeverities));
  return Error{ErrorCode::invalid_argument, "fail_severity must be one of low, medium, high, critical"};
}

struct ResponseValidator::Impl {
  ResponseRules rules;  // its views are of `owned`
  std::vector<std::string> owned;
  std::optional<AhoCorasick> required, forbidden;

  [[nodiscard]] bool allows(std::string_view rule) const {
    return std::find(rules.allow.begin(), rules.allow.end(), rule) != rules.allow.end();
  }
  [[nodiscard]] std::vector<Issue> issues(std::string_view text) const;
  void add_length(std::string_view text, std::vector<Issue>& out) const;
  void add(std::vector<Issue>& out, IssueKind kind, std::string_view rule, Span span) const {
    if (allows(rule)) return;
    const Rule& known = rule_of(rule);
    out.push_back({kind, known.name, known.severity, span, std::string(known.message)});
  }
};

void ResponseValidator::Impl::add_length(std::string_view text, std::vector<Issue>& out) const {
  const Span whole{0, text.size()};
  const auto points = static_cast<std::int64_t>(count_points(text));
  if (says_nothing(text)) add(out, IssueKind::length, "empty", whole);
  if (points < rules.min_length) add(out, IssueKind::length, "too_short", whole);
  if (rules.max_length > 0 && points > rules.max_length) add(out, IssueKind::length, "too_long", whole);
  if (required && !allows("missing_required")) {
    const std::vector<std::uint32_t> found = required->matched_patterns(text);
    for (std::uint32_t i = 0; i < rules.required.size(); ++i) {
      if (std::binary_search(found.begin(), found.end(), i)) continue;
      add(out, IssueKind::length, "missing_required", whole);
      out.back().message += rules.required[i];
    }
  }
  if (forbidden) {
    for (const PatternMatch& match : forbidden->find_all(text)) {
      add(out, IssueKind::length, "forbidden", {match.start, match.end});
    }
  }
}

std::vector<Issue> ResponseValidator::Impl::issues(std::string_view text) const {
  std::vector<Issue> out;
  const std::vector<CodeRegion> code = rules.respect_code ? code_regions(text) : std::vector<CodeRegion>();
  add_length(text, out);
  if (rules.leakage) {
    response::Inside inside(code);
    for (const response::Fault& leak : response::find_leaks(text)) {
      if (inside(leak.span.start) || allows(leak.rule)) continue;
      const Severity severity = response::is_phrase(leak.rule) ? Severity::medium : Severity::high;
      out.push_back({IssueKind::leakage, leak.rule, severity, leak.span, joined(kLeakage, leak.rule)});
    }
  }
  if (rules.refusal) {
    if (const std::optional<Span> refusal = response::find_refusal(text, code)) {
      const bool partial = count_points(text.substr(refusal->end)) > kRest;
      add(out, IssueKind::refusal, partial ? "partial_refusal" : "refusal", *refusal);
    }
  }
  if (rules.garbage) {
    for (const response::Fault& fault : response::find_garbage(text, code)) {
      add(out, IssueKind::garbage, fault.rule, fault.span);
    }
  }
  if (rules.secrets) {
    const std::vector<SecretMatch> secrets = scan_secrets(text).value();  // fails for unknown rules alone
    for (const SecretMatch& secret : secrets) {
      const SecretPattern& pattern = list_secret_patterns()[secret.rule];
      if (allows(pattern.name)) continue;
      const auto severity = static_cast<Severity>(pattern.severity);
      out.push_back({IssueKind::secrets, pattern.name, severity, secret.span, joined(kSecret, pattern.name)});
    }
  }
  for (const PiiMatch& match : scan_pii(text, rules.pii)) {
    const std::string_view rule = name(match.kind);
    if (allows(rule)) continue;
    out.push_back({IssueKind::pii, rule, severity_of(match), match.span, joined(kPersonal, rule)});
  }
  std::stable_sort(out.begin(), out.end(), [](const Issue& a, const Issue& b) {
    if (a.span.start != b.span.start) return a.span.start < b.span.start;
    if (a.kind != b.kind) return a.kind < b.kind;
    return a.span.end > b.span.end;
  });
  return out;
}

Result<ResponseValidator> ResponseValidator::build(const ResponseRules& rules) {
  const auto below = [](const char* what) {
    return Error{ErrorCode::invalid_argument, std::string(what) + " must be at least 0"};
  };
  if (rules.min_length < 0) return below("min_length");
  if (rules.max_length < 0) return below("max_length");
  auto impl = std::make_shared<Impl>();
  impl->rules = rules;
  std::size_t texts = rules.required.size() + rules.forbidden.size() + rules.allow.size();
  impl->owned.reserve(texts);  // so that no view of a short one moves
  const auto own = [&](std::vector<std::string_view>& views) {
    for (std::string_view& view : views) view = impl->owned.emplace_back(view);
  };
  own(impl->rules.required);
  own(impl->rules.forbidden);
  own(impl->rules.allow);
  const auto compile = [](const std::vector<std::string_view>& patterns, const char* what, MatchKind kind,
                          std::optional<AhoCorasick>& out) -> std::optional<Error> {
    if (patterns.empty()) return std::nullopt;
    auto built = AhoCorasick::build(patterns, {.match_kind = kind});
    if (built.ok()) {
      out = std::move(built).value();
      return std::nullopt;
    }
    Error error = built.error();
    if (error.code == ErrorCode::pattern_empty) {
      error.message =
          std::string(what) + " must have no empty text: number " + std::to_string(error.offset) + " is one";
    }
    return error;
  };
  const ResponseRules& own_rules = impl->rules;
  if (auto error = compile(own_rules.required, "required", MatchKind::overlapping, impl->required)) {
    return std::move(*error);
  }
  if (auto error = compile(own_rules.forbidden, "forbidden", MatchKind::leftmost_longest, impl->forbidden)) {
    return std::move(*error);
  }
  return ResponseValidator(std::move(impl));
}

ValidationResult ResponseValidator::validate(std::string_view text) const {
  ValidationResult out;
  out.issues = impl_->issues(text);
  for (const Issue& issue : out.issues) {
    ++out.counts[static_cast<std::size_t>(issue.kind)];
    out.ok = out.ok && issue.severity < impl_->rules.fail_severity;
  }
  return out;
}

std::string ResponseValidator::sanitized(std::string_view text) const {
  // By start; what is cut wins over what is masked.
  const std::vector<Issue> issues = impl_->issues(text);
  std::string out;
  out.reserve(text.size());
  std::size_t cut_end = 0, mask_end = 0, next = 0;
  for (std::size_t at = 0; at < text.size();) {
    for (; next < issues.size() && issues[next].span.start <= at; ++next) {
      const auto& [kind, rule, severity, span, message] = issues[next];
      if (kind == IssueKind::leakage) cut_end = std::max(cut_end, span.end);
      if (kind == IssueKind::secrets || kind == IssueKind::pii) mask_end = std::max(mask_end, span.end);
    }
    if (at >= cut_end && at >= mask_end) {  // plain up to the next issue
      const std::size_t end = next < issues.size() ? issues[next].span.start : text.size();
      out += text.substr(at, end - at);
      at = end;
      continue;
    }
    const auto [c, bytes] = decode_utf8(text, at);
    if (at >= cut_end) out += breaks_line(c) ? text.substr(at, bytes) : std::string_view("*");
    at += bytes;
  }
  return out;
}

Result<std::vector<ValidationResult>> validate_response_batch(std::span<const std::string_view> texts,
                                                              const ResponseValidator& validator,
                                                              std::int64_t threads) {
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  std::vector<ValidationResult> out(texts.size());
  std::size_t bytes = 0;
  for (const std::string_view text : texts) bytes += text.size();
  const std::size_t count = std::min(parallel_ranges(static_cast<std::size_t>(threads)), bytes / kBytesPerThread + 1);
  parallel_for(texts.size(), count, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = validator.validate(texts[i]);
  });
  return out;
}

std::string sanitize_response(std::string_view text) {
  constexpr std::size_t kMostBreaks = 3;
  const std::string clean = ResponseValidator::build({}).value().sanitized(text);
  std::string out;
  out.reserve(clean.size());
  std::size_t run = 0, first = clean.size(), last = 0;  // what is not blank, in `out`
  for (std::size_t at = 0; at < clean.size();) {
    const auto [c, bytes] = decode_utf8(clean, at);
    run = c == '\n' ? run + 1 : 0;
    if (run <= kMostBreaks) out += std::string_view(clean).substr(at, bytes);
    if (!response::is_blank(c)) {
      first = std::min(first, out.size() - bytes);
      last = out.size();
    }
    at += bytes;
  }
  return first < last ? out.substr(first, last - first) : std::string();
}

bool is_garbage_content(std::string_view text) {
  ResponseRules rules;
  rules.refusal = rules.secrets = false;
  rules.pii = PiiKinds::of({}).value();
  const ValidationResult result = ResponseValidator::build(rules).value().validate(text);
  return std::any_of(result.issues.begin(), result.issues.end(),
                     [](const Issue& issue) { return issue.severity == Severity::high; });
}

std::vector<LeakagePattern> detect_leakage_patterns(std::string_view text) {
  std::vector<LeakagePattern> out;
  const std::vector<CodeRegion> code = code_regions(text);
  response::Inside inside(code);
  for (const response::Fault& leak : response::find_leaks(text)) {
    if (!inside(leak.span.start)) out.push_back({leak.span, leak.rule});
  }
  return out;
}

std::string strip_markup(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos;) {
    std::size_t end = at + 1;
    const char c = end < text.size() ? text[end] : '\0';
    const bool tag = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '!' || c == '?';
    if (tag) {
      end = std::min(text.find_first_of("<>", end), text.size());
      if (end < text.size() && text[end] == '>') {
        out += text.substr(done, at - done);
        done = ++end;
      }
    }
    at = text.find('<', end);
  }
  out += text.substr(done);
  return out;
}

}  // namespace paritas
