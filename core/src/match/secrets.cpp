#include "paritas/match/secrets.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/parallel.hpp"
#include "paritas/text/lines.hpp"
#include "paritas/text/utf8.hpp"
#include "secret_catalog.hpp"
#include "secret_scan.hpp"

namespace paritas {
namespace {

using secrets::Catalog;
using secrets::Finding;
using secrets::Rank;

/// The rules of the options by number.
struct Filter {
  std::vector<bool> rules;
  bool all = true;
  SecretConfidence least;
  bool placeholders;

  static Result<Filter> of(const SecretOptions& options) {
    Filter filter{{}, !options.rules.has_value(), options.min_confidence, options.include_placeholders};
    if (filter.all) return filter;
    const Catalog& catalog = Catalog::get();
    filter.rules.resize(catalog.patterns().size());
    for (std::size_t i = 0; i < options.rules->size(); ++i) {
      const std::string_view name = (*options.rules)[i];
      const std::size_t rule = catalog.find(name);
      if (rule == catalog.patterns().size()) {
        return Error{ErrorCode::not_found,
                     "no rule is called " + std::string(name) + ": list_secret_patterns() names them", i};
      }
      filter.rules[rule] = true;
    }
    return filter;
  }
  [[nodiscard]] bool admits(const Finding& finding) const {
    return finding.confidence >= least && (placeholders || !finding.placeholder);
  }
};

std::vector<Finding> search(std::string_view text, const Filter& filter) {
  std::vector<Finding> found;
  secrets::Scan(text, filter.all ? nullptr : &filter.rules).each([&](const Finding& finding) {
    if (filter.admits(finding)) found.push_back(finding);
    return true;
  });
  return found;
}

/// Without what lies within a finding of an equal or higher class; by start, the longer one first, then by rule.
std::vector<Finding> resolved(std::vector<Finding> found) {
  std::sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) {
    return std::tuple(b.rank, a.start, b.end, a.rule) < std::tuple(a.rank, b.start, a.end, b.rule);
  });
  std::vector<Finding> kept;
  std::vector<std::size_t> reach;  // the furthest end of the kept ones up to each
  const auto by_start = [](const Finding& a, const Finding& b) {
    return std::tuple(a.start, b.end, a.rule) < std::tuple(b.start, a.end, b.rule);
  };
  for (std::size_t at = 0; at < found.size();) {
    const Rank rank = found[at].rank;
    std::vector<Finding> fresh;
    std::size_t furthest = 0;
    for (; at < found.size() && found[at].rank == rank; ++at) {
      const Finding& one = found[at];
      const auto behind = std::upper_bound(kept.begin(), kept.end(), one.start,
                                           [](std::size_t start, const Finding& other) { return start < other.start; });
      const auto before = static_cast<std::size_t>(behind - kept.begin());
      if (one.end <= furthest || (before > 0 && reach[before - 1] >= one.end)) continue;
      furthest = std::max(furthest, one.end);
      fresh.push_back(one);
    }
    kept.insert(kept.end(), fresh.begin(), fresh.end());
    std::sort(kept.begin(), kept.end(), by_start);
    reach.clear();
    for (const Finding& one : kept) reach.push_back(std::max(one.end, reach.empty() ? 0 : reach.back()));
  }
  return kept;
}

bool is_line_break(char32_t c) { return (c >= U'\n' && c <= U'\r') || c == 0x85 || c == 0x2028 || c == 0x2029; }

/// Code point by code point, but for as many at both ends as may stay.
void cover(std::string& out, std::string_view text, std::string_view mask, std::size_t visible) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += decode_utf8(text, at).bytes;
  const std::size_t stay = std::min(visible, count / 8);
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const Decoded one = decode_utf8(text, at);
    const bool shown = number < stay || number >= count - stay || is_line_break(one.code_point);
    out.append(shown ? text.substr(at, one.bytes) : mask);
    at += one.bytes;
  }
}

std::string masked(std::string_view text, std::vector<Finding> found, std::string_view mask, std::size_t visible) {
  std::sort(found.begin(), found.end(),
            [](const Finding& a, const Finding& b) { return std::tuple(a.start, b.end) < std::tuple(b.start, a.end); });
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  std::vector<Span> kept;
  for (std::size_t first = 0, last = 0; first < found.size(); first = last) {
    const std::size_t start = found[first].start;
    std::size_t end = found[first].end;
    for (last = first + 1; last < found.size() && found[last].start < end; ++last) end = std::max(end, found[last].end);
    bool shows = false;
    kept.clear();
    for (std::size_t i = first; i < last; ++i) {
      shows = shows || (found[i].shows_ends && found[i].start == start && found[i].end == end);
      for (const Span& span : found[i].kept) {
        if (span.end > span.start) kept.push_back(span);
      }
    }
    std::sort(kept.begin(), kept.end(),
              [](const Span& a, const Span& b) { return std::tuple(a.start, a.end) < std::tuple(b.start, b.end); });
    kept.push_back({end, end});
    out.append(text.substr(at, start - at));
    std::size_t inner = start;
    for (const Span& keep : kept) {
      if (keep.start < inner) continue;
      cover(out, text.substr(inner, keep.start - inner), mask, shows ? visible : 0);
      out.append(keep.of(text));
      inner = keep.end;
    }
    at = end;
  }
  return out.append(text.substr(at));
}

std::vector<SecretMatch> matches_of(std::string_view text, const Filter& filter) {
  std::vector<SecretMatch> matches;
  LineCounter lines(text);
  for (Finding one : resolved(search(text, filter))) {
    const Span span{one.start, one.end};
    const std::size_t line = lines.line(one.start);
    for (Span& kept : one.kept) {
      if (kept.end > kept.start) kept = {kept.start - one.start, kept.end - one.start};
    }
    one.end -= one.start;
    one.start = 0;
    const SecretMask mask;
    matches.push_back({one.rule, one.confidence, span, line, one.checksum, one.placeholder,
                       masked(span.of(text), {one}, mask.mask_char, static_cast<std::size_t>(mask.visible_chars))});
  }
  return matches;
}

Result<std::size_t> checked_mask(const SecretMask& mask) {
  const bool one = !mask.mask_char.empty() && decode_utf8(mask.mask_char, 0).bytes == mask.mask_char.size() &&
                   !is_line_break(decode_utf8(mask.mask_char, 0).code_point);
  if (!one) return Error{ErrorCode::invalid_argument, "mask_char must be one code point that is no line break"};
  if (mask.visible_chars < 0 || mask.visible_chars > 64) {
    return Error{ErrorCode::invalid_argument, "visible_chars must be 0 to 64"};
  }
  return static_cast<std::size_t>(mask.visible_chars);
}

Result<std::size_t> checked_threads(std::int64_t threads) {
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  return static_cast<std::size_t>(threads);
}

/// One result for each text.
template <class One>
auto each_of(std::span<const std::string_view> texts, std::size_t threads, const One& one) {
  std::vector<decltype(one(texts[0]))> results(texts.size());
  parallel_for(texts.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) results[i] = one(texts[i]);
  });
  return results;
}

/// How often each of the values of `all` is meant, in that order; none that is not.
template <class Value>
SecretCounts counted(const std::vector<SecretMatch>& matches, std::initializer_list<Value> all,
                     Value (*of)(const SecretMatch&)) {
  SecretCounts counts;
  for (const Value value : all) {
    const auto count =
        std::count_if(matches.begin(), matches.end(), [&](const SecretMatch& one) { return of(one) == value; });
    if (count > 0) counts.emplace_back(name(value), static_cast<std::size_t>(count));
  }
  return counts;
}

}  // namespace

const std::vector<SecretPattern>& list_secret_patterns() { return Catalog::get().patterns(); }

Result<SecretConfidence> secret_confidence(std::string_view text) {
  for (const SecretConfidence one : {SecretConfidence::low, SecretConfidence::medium, SecretConfidence::high}) {
    if (name(one) == text) return one;
  }
  return Error{ErrorCode::invalid_argument, "min_confidence must be low, medium or high"};
}

Result<std::vector<SecretMatch>> scan_secrets(std::string_view text, const SecretOptions& options) {
  const auto filter = Filter::of(options);
  if (!filter.ok()) return filter.error();
  return matches_of(text, filter.value());
}

Result<bool> has_secrets(std::string_view text, const SecretOptions& options) {
  const auto filter = Filter::of(options);
  if (!filter.ok()) return filter.error();
  bool found = false;
  secrets::Scan(text, filter.value().all ? nullptr : &filter.value().rules).each([&](const Finding& finding) {
    found = found || filter.value().admits(finding);
    return !found;
  });
  return found;
}

Result<std::vector<std::string_view>> get_secret_types(std::string_view text, const SecretOptions& options) {
  const auto matches = scan_secrets(text, options);
  if (!matches.ok()) return matches.error();
  std::vector<std::string_view> names;
  for (const SecretMatch& one : matches.value()) names.push_back(list_secret_patterns()[one.rule].name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Result<std::vector<std::vector<SecretMatch>>> scan_secrets_batch(std::span<const std::string_view> texts,
                                                                 const SecretOptions& options, std::int64_t threads) {
  const auto filter = Filter::of(options);
  if (!filter.ok()) return filter.error();
  const auto count = checked_threads(threads);
  if (!count.ok()) return count.error();
  return each_of(texts, count.value(), [&](std::string_view text) { return matches_of(text, filter.value()); });
}

Result<SecretSummary> scan_secrets_summary(std::string_view text, const SecretOptions& options) {
  const auto scanned = scan_secrets(text, options);
  if (!scanned.ok()) return scanned.error();
  const std::vector<SecretMatch>& matches = scanned.value();
  SecretSummary summary{matches.size()};
  std::vector<std::string_view> names;
  for (const SecretMatch& one : matches) {
    names.push_back(list_secret_patterns()[one.rule].name);
    if (summary.lines.empty() || summary.lines.back() != one.line_number) summary.lines.push_back(one.line_number);
  }
  std::sort(names.begin(), names.end());
  for (const std::string_view name : names) {
    if (summary.by_type.empty() || summary.by_type.back().first != name) summary.by_type.emplace_back(name, 0);
    ++summary.by_type.back().second;
  }
  using Severity = SecretSeverity;
  using Confidence = SecretConfidence;
  summary.by_severity =
      counted<Severity>(matches, {Severity::critical, Severity::high, Severity::medium, Severity::low},
                        [](const SecretMatch& one) { return list_secret_patterns()[one.rule].severity; });
  summary.by_confidence = counted<Confidence>(matches, {Confidence::high, Confidence::medium, Confidence::low},
                                              [](const SecretMatch& one) { return one.confidence; });
  return summary;
}

Result<std::string> mask_secrets(std::string_view text, const SecretMask& mask, const SecretOptions& options) {
  const auto filter = Filter::of(options);
  if (!filter.ok()) return filter.error();
  const auto visible = checked_mask(mask);
  if (!visible.ok()) return visible.error();
  return masked(text, search(text, filter.value()), mask.mask_char, visible.value());
}

Result<std::vector<std::string>> mask_secrets_batch(std::span<const std::string_view> texts, const SecretMask& mask,
                                                    const SecretOptions& options, std::int64_t threads) {
  const auto filter = Filter::of(options);
  if (!filter.ok()) return filter.error();
  const auto visible = checked_mask(mask);
  if (!visible.ok()) return visible.error();
  const auto count = checked_threads(threads);
  if (!count.ok()) return count.error();
  return each_of(texts, count.value(), [&](std::string_view text) {
    return masked(text, search(text, filter.value()), mask.mask_char, visible.value());
  });
}

}  // namespace paritas
