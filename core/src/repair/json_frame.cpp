// Finds the values of JSON in a text: in a fence, in prose, one behind another, or none.
#include "json_frame.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "json_machine.hpp"
#include "paritas/text/code_regions.hpp"

namespace paritas {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::size_t find_bracket(std::string_view text, std::size_t from) {
  static const ByteSet kBrackets = [] {
    ByteSet out;
    out.add('{');
    out.add('[');
    return out;
  }();
  return kBrackets.find(text, from, text.size());
}

/// A fence and its content.
struct Fence {
  std::size_t opened;
  Span content;
};

/// The fence that holds the first bracket, the first one where there is no bracket.
std::optional<Fence> find_fence(std::string_view text, std::size_t first) {
  const std::string_view before = text.substr(0, first);
  // Runs that begin before the bracket.
  if (before.find("```") == kNone && before.find("~~~") == kNone) return std::nullopt;
  const bool bracket = first < text.size();
  for (const CodeRegion& region : code_regions(text, false)) {
    if (bracket && region.span.start > first) return std::nullopt;
    if (bracket && region.span.end <= first) continue;
    const std::size_t line = region.span.of(text).find('\n');
    if (line == kNone || (bracket && first <= region.span.start + line)) return std::nullopt;
    const std::size_t start = region.span.start + line + 1;
    std::size_t end = text.size();
    if (region.closed) end = std::max(start, text.substr(0, region.span.end).rfind('\n') + 1);
    return Fence{region.span.start, {start, end}};
  }
  return std::nullopt;
}

Span trimmed(std::string_view text, Span span) {
  const JsonSource source(text.substr(0, span.end));
  while (span.start < span.end && is_white(source.at(span.start))) span.start = source.next(span.start);
  while (span.end > span.start && is_white(source.at(source.before(span.end)))) span.end = source.before(span.end);
  return span;
}

/// Behind white space, separators, closers and comments.
std::size_t between(const JsonSource& source, std::size_t i) {
  while (i < source.end()) {
    const char32_t ch = source.at(i);
    if (is_white(ch) || is_comma(ch) || is_closer(ch)) {
      i = source.next(i);
    } else if (source.comment_at(i)) {
      i = comment_end(source.text(), i);
    } else {
      break;
    }
  }
  return i;
}

std::size_t skip_name(std::string_view text, std::size_t i, std::size_t limit) {
  while (i < limit) {
    const auto ch = static_cast<unsigned char>(text[i]);
    if (ch != '_' && ch != '$' && ch != '.' && !is_letter(ch) && !is_digit(ch)) break;
    ++i;
  }
  return i;
}

/// Behind the name and the parenthesis of a call that stand before a bracket.
std::size_t wrapper_end(const JsonSource& source, std::size_t i) {
  const std::size_t limit = source.limit(i);
  i = source.peek(skip_name(source.text(), i, limit), limit);
  if (i >= limit || !source.is(i, '(')) return kNone;
  i = source.peek(i + 1).at;
  return source.is(i, '{') || source.is(i, '[') ? i : kNone;
}

/// Whether all of a text is the beginning of one string: a bracket in it means nothing.
bool string_so_far(const JsonSource& source, std::size_t i) {
  while (i < source.end() && is_json_space(source.at(i))) ++i;
  if (!source.is(i, '"')) return false;
  for (++i; i < source.end() && source.text()[i] != '"'; ++i) {
    if (source.text()[i] == '\\') ++i;
  }
  return i >= source.end();
}

struct Found {
  std::vector<JsonValue> values;  // all of them; only the longest where there is prose
  bool prose = false;
};

/// Each value that opens with a bracket, and whether there is prose around them.
Found find_values(JsonSource& source, std::size_t start, const RepairOptions& options) {
  Found out;
  std::vector<std::size_t> lengths;  // in code points, of the source
  const auto keep_longest = [&] {
    std::size_t longest = 0;
    for (std::size_t k = 1; k < out.values.size(); ++k) {
      if (lengths[k] > lengths[longest]) longest = k;
    }
    if (longest > 0) {
      out.values[0] = std::move(out.values[longest]);
      lengths[0] = lengths[longest];
    }
    if (out.values.size() > 1) out.values.resize(1);
    lengths.resize(out.values.size());
  };
  for (std::size_t i = start;;) {
    i = between(source, i);
    if (i >= source.end()) return out;
    if (!source.is(i, '{') && !source.is(i, '[')) {
      const std::size_t inside = out.values.empty() && !out.prose ? wrapper_end(source, i) : kNone;
      if (inside != kNone) {
        i = inside;
      } else {
        out.prose = true;
        keep_longest();
        i = find_bracket(source.text(), i);
        if (i >= source.end()) return out;
      }
    }
    out.values.push_back(JsonMachine(source, i, options).run());
    const JsonValue& value = out.values.back();
    const std::string_view span = source.cut(value.start, value.end);
    lengths.push_back(span.size() - count_bytes(span).continuations);
    i = value.end;
    if (out.prose) keep_longest();
  }
}

JsonValue joined(std::vector<JsonValue>& values) {
  JsonValue out;
  out.start = values.front().start;
  out.end = values.back().end;
  out.path = values.back().path;
  out.text = "[";
  for (JsonValue& value : values) {
    if (out.text.size() > 1) out.text += ',';
    out.text += value.text;
    out.truncated = out.truncated || value.truncated;
    out.depth_limited = out.depth_limited || value.depth_limited;
    out.changes.insert(out.changes.end(), value.changes.begin(), value.changes.end());
    out.change_count += value.change_count;
  }
  out.text += ']';
  return out;
}

bool is_call(std::string_view text) {  // a name and a parenthesis
  if (text.size() > kLook) return false;
  std::size_t i = skip_name(text, 0, text.size());
  while (i < text.size() && (is_json_space(static_cast<unsigned char>(text[i])) || text[i] == '\v' || text[i] == '\f'))
    ++i;
  return i + 1 == text.size() && text[i] == '(';
}

bool has_odd_white(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char ch) { return !is_json_space(static_cast<unsigned char>(ch)); });
}

ChangeKind kind_behind(const JsonSource& source, Span span) {
  if (source.limit(span.start) < span.end) return ChangeKind::trailing_text;
  bool closer = false, paren = false, more = false;
  for (std::size_t i = span.start; i < span.end; i = source.next(i)) {
    const char32_t ch = source.at(i);
    if (ch == '}' || ch == ']') {
      closer = true;
    } else if (ch == ')') {
      paren = true;
    } else if (!is_white(ch) && !is_comma(ch)) {
      more = true;
    }
  }
  if (more || (closer && paren)) return ChangeKind::trailing_text;
  return closer ? ChangeKind::extra_closer : paren ? ChangeKind::wrapper : ChangeKind::comma;
}

/// Tells what was left out before and after the value.
void tell_outside(const JsonSource& source, std::size_t start, const JsonValue& value, std::vector<Change>& frame) {
  const std::string_view text = source.text();
  const Span before = trimmed(text, {start, value.start});
  if (before.size() > 0) {
    const JsonSource left(text.substr(0, before.end));
    const bool comment = value.ok && between(left, before.start) == before.end;
    frame.push_back({is_call(before.of(text)) ? ChangeKind::wrapper
                     : comment                ? ChangeKind::comment
                                              : ChangeKind::leading_text,
                     before});
  } else if (has_odd_white(source.cut(start, value.start))) {
    frame.push_back({ChangeKind::whitespace, {start, value.start}});
  }
  const Span after = trimmed(text, {value.end, text.size()});
  if (after.size() > 0) {
    frame.push_back({kind_behind(source, after), after});
  } else if (has_odd_white(text.substr(value.end))) {
    frame.push_back({ChangeKind::whitespace, {value.end, text.size()}});
  }
}

JsonValue nothing(const JsonSource& source, std::size_t start) {
  const bool blank = trimmed(source.text(), {start, source.end()}).size() == 0;
  JsonValue out{source.end(), source.end(), "null"};
  out.ok = false;
  out.changes.push_back({blank ? ChangeKind::empty_input : ChangeKind::no_value, {start, source.end()}});
  out.change_count = 1;
  return out;
}

/// The literal or number that a text is.
std::optional<JsonValue> plain_scalar(const JsonSource& source, Span span, const RepairOptions& options) {
  while (span.end > span.start) {
    const std::size_t last = source.before(span.end);
    if (!is_comma(source.at(last)) && !is_white(source.at(last))) break;
    span.end = last;
  }
  if (span.size() == 0 || source.limit(span.start) < span.end) return std::nullopt;
  const std::string_view word = span.of(source.text());
  std::optional<std::string> written = literal_of(word, options.non_finite);
  ChangeKind kind = ChangeKind::literal;
  const bool at_end = span.end == source.end();
  if (!written && at_end && !options.partial && word.size() > 1) written = cut_literal(word, options.non_finite);
  if (!written && starts_number(word[0])) {
    written = number_of(word);
    kind = ChangeKind::number;
    if (options.partial && at_end) written.reset();
  }
  if (!written) return std::nullopt;
  JsonValue out{span.start, span.end, *written};
  if (*written != word) out.changes.push_back({kind, span});
  out.change_count = out.changes.size();
  return out;
}

/// The value of a text without a bracket: a string, a literal, a number; else all of it is one string.
JsonValue scalar(JsonSource& source, std::size_t start, const RepairOptions& options) {
  const Span span = trimmed(source.text(), {between(source, start), source.end()});
  bool marks = true;
  for (std::size_t i = span.start; marks && i < span.end; i = source.next(i)) {
    const char32_t ch = source.at(i);
    marks = is_comma(ch) || ch == ':' || ch == ')' || ch == '=' || is_white(ch);
  }
  if (marks) return nothing(source, start);
  if (source.is(span.start, '(')) {
    JsonValue value = JsonMachine(source, span.start, options).run();
    if (!value.truncated && between(source, value.end) == source.end()) return value;
  }
  if (const auto opening = source.opening(span.start)) return JsonMachine(source, span.start, options).scalar(*opening);
  if (auto value = plain_scalar(source, span, options)) return *std::move(value);
  if (options.partial) return nothing(source, start);
  ChangeList changes(static_cast<std::size_t>(options.max_changes));
  changes.add(ChangeKind::bare_string, span.start, span.end);
  JsonValue out{span.start, span.end, "\""};
  append_content(out.text, source.text(), span.start, span.end, {nullptr, false, false, false}, &changes);
  out.text += '"';
  out.changes = std::move(changes.changes());
  out.change_count = changes.count();
  return out;
}

}  // namespace

RepairResult mend_json(std::string_view text, const RepairOptions& options) {
  std::vector<Change> frame;
  std::size_t start = 0;
  if (text.substr(0, 3) == "\xEF\xBB\xBF") {
    start = 3;
    frame.push_back({ChangeKind::whitespace, {0, 3}});
  }
  const std::optional<Fence> fence = find_fence(text, find_bracket(text, 0));
  std::size_t end = text.size();
  if (fence) {
    const Span before = trimmed(text, {0, fence->opened});
    if (before.size() > 0) frame.push_back({ChangeKind::leading_text, before});
    frame.push_back({ChangeKind::fence, {fence->opened, fence->content.start}});
    start = fence->content.start;
    end = fence->content.end;
  }
  JsonSource source(text.substr(0, end));
  Found found;
  if (!options.partial || !string_so_far(source, start)) found = find_values(source, start, options);
  JsonValue value;
  if (found.values.empty()) {
    value = scalar(source, start, options);
  } else if (!found.prose && found.values.size() > 1 && options.multiple == RepairMultiple::array) {
    frame.push_back({ChangeKind::multiple, {found.values.front().start, found.values.back().end}});
    value = joined(found.values);
  } else {
    value = std::move(found.values.front());
  }
  tell_outside(source, start, value, frame);
  if (fence && end < text.size()) {
    const std::size_t line = text.find('\n', end);
    const std::size_t after = line == kNone ? text.size() : line + 1;
    frame.push_back({ChangeKind::fence, {end, after}});
    const Span behind = trimmed(text, {after, text.size()});
    if (behind.size() > 0) frame.push_back({ChangeKind::trailing_text, behind});
  }
  RepairResult out;
  out.change_count = frame.size() + value.change_count;
  frame.insert(frame.end(), value.changes.begin(), value.changes.end());
  std::stable_sort(frame.begin(), frame.end(),
                   [](const Change& a, const Change& b) { return a.span.start < b.span.start; });
  if (frame.size() > static_cast<std::size_t>(options.max_changes))
    frame.resize(static_cast<std::size_t>(options.max_changes));
  out.changes = std::move(frame);
  out.text = std::move(value.text);
  out.ok = value.ok;
  out.truncated = value.truncated;
  out.depth_limited = value.depth_limited;
  out.path = std::move(value.path);
  return out;
}

}  // namespace paritas
