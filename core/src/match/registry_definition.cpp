#include <array>
#include <utility>

#include "match/registry_scan.hpp"
#include "paritas/text/simple_fold.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas::registry {
namespace {

constexpr std::array<std::string_view, 4> kSeverities{"low", "medium", "high", "critical"};

std::string well_formed(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_utf8(text, at);
    append_utf8(out, decoded.code_point);
    at += decoded.bytes;
  }
  return out;
}

std::string folded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_utf8(text, at);
    append_utf8(out, simple_fold(decoded.code_point));
    at += decoded.bytes;
  }
  return out;
}

std::string utf8(const std::u32string& literal) {
  std::string out;
  for (const char32_t c : literal) append_utf8(out, c);
  return out;
}

Error invalid(std::string message, std::size_t offset = 0) {
  return {ErrorCode::invalid_argument, std::move(message), offset};
}

/// Adds what an expression needs.
std::optional<Error> read_regex(Entry& entry, const PatternDefinition& definition, std::size_t& groups) {
  const auto parsed = regex::parse(definition.pattern, definition.case_insensitive);
  if (!parsed.ok()) return parsed.error();
  const regex::Regex& found = parsed.value();
  groups = found.names.size();
  if (!regex::engine_loaded()) {
    return Error{ErrorCode::regex_unavailable,
                 "regular expressions are a module of their own: call `await initRegex()` first"};
  }
  const std::string text = printed(found.root);
  const auto* engine = regex::engine_create(text.data(), text.size(), static_cast<std::size_t>(found.root.steps));
  if (engine == nullptr) return Error{ErrorCode::regex_unsupported, "RE2 refuses this pattern"};
  entry.engine = std::shared_ptr<const regex::Engine>(engine, EngineDelete());
  entry.folds = found.folds;
  for (const auto& literal : found.literals()) entry.literals.push_back(utf8(literal));
  if (found.root.most <= regex::kMostWindow) entry.window = static_cast<std::size_t>(found.root.most_bytes);
  return std::nullopt;
}

}  // namespace

std::optional<Severity> severity_of(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kSeverities.size(); ++i) {
    if (kSeverities[i] == name) return static_cast<Severity>(i);
  }
  return std::nullopt;
}

Result<Entry> ready(PatternDefinition definition) {
  for (std::string* text : {&definition.name, &definition.pattern, &definition.category, &definition.description}) {
    *text = well_formed(*text);
  }
  for (std::string& keyword : definition.keywords) keyword = well_formed(keyword);
  Entry entry;
  if (definition.name.empty()) return invalid("a pattern needs a name");
  if (definition.kind != "literal" && definition.kind != "regex")
    return invalid("kind must be \"literal\" or \"regex\"");
  const auto severity = severity_of(definition.severity);
  if (!severity) return invalid("severity must be \"low\", \"medium\", \"high\" or \"critical\"");
  entry.severity = *severity;
  for (std::size_t i = 0; i < definition.keywords.size(); ++i) {
    if (definition.keywords[i].empty()) return invalid("a keyword must not be empty", i);
  }
  std::size_t groups = 0;
  if (definition.kind == "regex") {
    if (auto error = read_regex(entry, definition, groups)) return std::move(*error);
  } else {
    if (definition.pattern.empty()) return Error{ErrorCode::pattern_empty, "a pattern must not be empty"};
    if (definition.pattern.size() > (std::size_t{1} << 28)) {
      return Error{ErrorCode::limit_exceeded, "a literal must have at most 2^28 bytes"};
    }
    entry.folds = definition.case_insensitive;
    entry.literals = {entry.folds ? folded(definition.pattern) : definition.pattern};
  }
  if (definition.group < 0 || static_cast<std::uint64_t>(definition.group) > groups) {
    std::string message = "group must be from 0 to ";
    message.append(std::to_string(groups)).append(", the number of groups in the pattern");
    return invalid(std::move(message));
  }
  entry.group = static_cast<std::size_t>(definition.group);
  entry.definition = std::make_shared<const PatternDefinition>(std::move(definition));
  return entry;
}

}  // namespace paritas::registry

namespace paritas {

PatternReport PatternRegistry::validate(std::string_view pattern, std::string_view kind) {
  PatternReport report;
  if (kind == "literal") {
    if (pattern.empty()) {
      report.error = Error{ErrorCode::pattern_empty, "a pattern must not be empty"};
      return report;
    }
    for (std::size_t at = 0; at < pattern.size(); at += decode_utf8(pattern, at).bytes) ++report.min_length;
    report.max_length = report.min_length;
    report.literals = {registry::well_formed(pattern)};
    report.prefiltered = true;
    return report;
  }
  if (kind != "regex") {
    report.error = registry::invalid("kind must be \"literal\" or \"regex\"");
    return report;
  }
  const auto parsed = regex::parse(pattern, false);
  if (!parsed.ok()) {
    report.error = parsed.error();
    return report;
  }
  const regex::Regex& found = parsed.value();
  report.min_length = static_cast<std::size_t>(found.root.least);
  if (found.root.most != regex::kInfinite) report.max_length = static_cast<std::size_t>(found.root.most);
  for (const auto& literal : found.literals()) report.literals.push_back(registry::utf8(literal));
  report.prefiltered = found.prefiltered();
  return report;
}

}  // namespace paritas
