#include <algorithm>
#include <array>
#include <tuple>

#include "match/pii_find.hpp"
#include "match/response_find.hpp"
#include "paritas/match/aho_corasick.hpp"
#include "paritas/match/thinking_markers.hpp"

namespace paritas::response {
namespace {

struct Literal {
  std::string_view rule;
  std::string_view text;
};
// What a model writes to its runtime and no reader should see, by the rule that it belongs to; then how special tokens
// begin, in the two ways of writing the bar.
constexpr Literal kLiterals[] = {
    {"tool_call", "<tool_call>"},
    {"tool_call", "</tool_call>"},
    {"tool_call", "<tool_response>"},
    {"tool_call", "</tool_response>"},
    {"function_call", "<function_call"},
    {"function_call", "<function_calls>"},
    {"function_call", "</function_call>"},
    {"function_call", "</function_calls>"},
    {"function_call", "<function="},
    {"function_call", "</function>"},
    {"function_call", "FUNCTION_CALL {"},
    {"parameter", "<parameter="},
    {"parameter", "</parameter>"},
    {"invoke", "<invoke name="},
    {"invoke", "</invoke>"},
    {"tool_request", "[TOOL_CALLS]"},
    {"tool_request", "[TOOL_REQUEST]"},
    {"tool_request", "[END_TOOL_REQUEST]"},
    {"instruction", "[INST]"},
    {"instruction", "[/INST]"},
    {"instruction", "<<SYS>>"},
    {"instruction", "<</SYS>>"},
    {"turn", "<start_of_turn>"},
    {"turn", "<end_of_turn>"},
    {"special_token", "<|"},
    {"special_token", "<\xEF\xBD\x9C"},
};
// Phrases of prompts that models were trained on, at the start of a line.
constexpr Literal kPhrases[] = {
    {"no_new_params", "do not add any new parameters"},  {"string_params", "string parameters must"},
    {"multiple_funcs", "multiple function calls"},       {"no_surround", "do not surround"},
    {"required_params", "required parameters"},          {"no_direct_access", "i do not have direct access"},
    {"begin_list_dir", "here is the directory listing"},
};
constexpr std::string_view kRules[] = {
    "thinking",       "tool_call",   "function_call",   "parameter",        "invoke",         "tool_request",
    "instruction",    "turn",        "special_token",   "json_call",        "no_new_params",  "string_params",
    "multiple_funcs", "no_surround", "required_params", "no_direct_access", "begin_list_dir",
};

using pii::char_at;
constexpr bool is_word(char c) { return pii::is_word(c) || c == '-'; }

/// Immutable once it is made, and made before its first use.
const AhoCorasick& literals() {
  static const AhoCorasick automaton = [] {
    std::vector<std::string_view> texts;
    for (const Literal& literal : kLiterals) texts.push_back(literal.text);
    return AhoCorasick::build(texts, {.match_kind = MatchKind::overlapping}).value();
  }();
  return automaton;
}

/// Behind <|name|> with a name of 2 to 40 letters, "_" and U+2581; 0 where there is none.
std::size_t special_token_end(std::string_view text, std::size_t at, std::string_view bar) {
  constexpr std::string_view kBlock = "\xE2\x96\x81";
  std::size_t points = 0;
  while (points <= 40) {
    if (pii::is_letter(char_at(text, at)) || char_at(text, at) == '_') {
      ++at;
    } else if (text.substr(at, kBlock.size()) == kBlock) {
      at += kBlock.size();
    } else {
      break;
    }
    ++points;
  }
  if (points < 2 || points > 40 || text.substr(at, bar.size()) != bar) return 0;
  at += bar.size();
  return char_at(text, at) == '>' ? at + 1 : 0;
}

void add_literals(std::string_view text, std::vector<Fault>& out) {
  literals().each_overlapping(text, [&](std::uint32_t pattern, std::size_t start, std::size_t end) {
    const auto& [rule, literal] = kLiterals[pattern];
    if (rule == "special_token") end = special_token_end(text, end, literal.substr(1));
    // <function_callback> is no call; the other literals end in a mark.
    const bool cut = is_word(literal.back()) && is_word(char_at(text, end));
    if (end != 0 && !cut) out.push_back({{start, end}, rule});
    return true;
  });
}

/// The first, then the longest, then the order of the rules; none that overlaps one before it.
void keep_best(std::vector<Fault>& faults) {
  const auto key = [](const Fault& fault) {
    const auto rank = std::find(std::begin(kRules), std::end(kRules), fault.rule) - std::begin(kRules);
    return std::tuple(fault.span.start, ~fault.span.end, rank);
  };
  std::sort(faults.begin(), faults.end(), [&](const Fault& a, const Fault& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (const Fault& fault : faults) {
    if (kept == 0 || fault.span.start >= faults[kept - 1].span.end) faults[kept++] = fault;
  }
  faults.resize(kept);
}

constexpr bool is_blank_byte(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// Adds a piece of a line, between its ends and other leaks, if it is a call.
void add_piece(std::string_view text, Span piece, std::vector<Fault>& out) {
  auto [start, end] = piece;
  while (start < end && is_blank_byte(text[start])) ++start;
  while (end > start && is_blank_byte(text[end - 1])) --end;
  if (start < end && text[start] == '{' && is_json_call(text.substr(start, end - start))) {
    out.push_back({{start, end}, "json_call"});
  }
}

/// Adds the phrase at the start of a line, and its pieces that are calls.
/// next: the first of the `known` leaks that does not end before the line; moves on.
void add_line(std::string_view text, Span line, std::span<const Fault> known, std::size_t& next,
              std::vector<Fault>& out) {
  std::size_t start = line.start;
  while (start < line.end && (text[start] == ' ' || text[start] == '\t')) ++start;
  for (const Literal& phrase : kPhrases) {
    const std::size_t end = start + phrase.text.size();
    if (end <= line.end && pii::ends_in(text, end, phrase.text) && !is_word(char_at(text, end))) {
      out.push_back({{start, end}, phrase.rule});
    }
  }
  while (next < known.size() && known[next].span.end <= line.start) ++next;
  std::size_t piece = line.start;
  for (std::size_t i = next; i < known.size() && known[i].span.start < line.end; ++i) {
    if (known[i].span.start > piece) add_piece(text, {piece, known[i].span.start}, out);
    piece = known[i].span.end;
  }
  if (piece < line.end) add_piece(text, {piece, line.end}, out);
}

}  // namespace

bool is_phrase(std::string_view rule) noexcept {
  return std::any_of(std::begin(kPhrases), std::end(kPhrases), [&](const Literal& one) { return one.rule == rule; });
}

std::vector<Fault> find_leaks(std::string_view text) {
  std::vector<Fault> out;
  for (const ThinkingMarker& marker : find_thinking_markers(text)) out.push_back({marker.span, "thinking"});
  add_literals(text, out);
  keep_best(out);
  std::vector<Fault> in_lines;
  std::size_t next = 0;
  for (std::size_t start = 0; start <= text.size();) {
    std::size_t end = text.find('\n', start);
    if (end == std::string_view::npos) end = text.size();
    add_line(text, {start, end}, out, next, in_lines);
    start = end + 1;
  }
  if (in_lines.empty()) return out;
  out.insert(out.end(), in_lines.begin(), in_lines.end());
  keep_best(out);
  return out;
}

}  // namespace paritas::response
