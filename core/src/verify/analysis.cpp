#include "verify/analysis.hpp"

#include <string>

#include "paritas/verify/entities.hpp"
#include "paritas/verify/numbers.hpp"
#include "paritas/verify/polarity.hpp"

namespace paritas {
namespace {

/// Whether a pair of unspaced characters begins here.
bool pair_begins(const TokenList& tokens, std::uint32_t at) {
  return at + 1 < tokens.size() && tokens[at + 1].kind == TermKind::character && !tokens[at + 1].space_before;
}

std::string_view name(NumberKind kind) {
  switch (kind) {
    case NumberKind::quantity:
      return "quantity";
    case NumberKind::ordinal:
      return "ordinal";
    case NumberKind::date:
      return "date";
    case NumberKind::decade:
      return "decade";
    case NumberKind::time:
      return "time";
  }
  return "";
}

std::string_view name(Operator op) {
  switch (op) {
    case Operator::eq:
      return "eq";
    case Operator::ge:
      return "ge";
    case Operator::gt:
      return "gt";
    case Operator::le:
      return "le";
    case Operator::lt:
      return "lt";
    case Operator::approx:
      return "approx";
  }
  return "";
}

/// "square km" and "square length" of an area.
std::string with_power(const char* name, std::uint8_t power) {
  return power == 1 ? name : (power == 2 ? "square " : "cubic ") + std::string(name);
}

}  // namespace

Symbol unspaced_stem(const TokenList& tokens, std::uint32_t at, LongWords& words) {
  const Token& token = tokens[at];
  if (pair_begins(tokens, at)) return words.symbol(words.text(token.key) + words.text(tokens[at + 1].key));
  const bool alone = at == 0 || tokens[at - 1].kind != TermKind::character || token.space_before;
  return alone ? token.key : Symbol{};
}

void Analysis::read(LongWords& words) {
  tokenize(text, words, tokens);
  cut_sentences(text, tokens.candidates, spans);
  std::uint32_t sentence = 0;
  for (Token& token : tokens.list) {
    while (token.start >= spans[sentence].end) ++sentence;
    token.sentence = sentence;
  }
  find_numbers(text, tokens, numbers);
}

void Analysis::read_polarity() {
  find_cues(tokens, cues, scopes);
  find_nouns(tokens, numbers);
}

void Analysis::read_stems(LongWords& words, SymbolTable& table) {
  const auto count = static_cast<std::uint32_t>(tokens.list.size());
  table.reserve(count / 2);
  stem_at.reserve(count);
  stems.reserve(count / 2);
  IndexList seen;  // by stem: one more than the last sentence that had it
  std::uint32_t at = 0, number = 0, cue = 0;
  for (std::uint32_t sentence = 0; sentence < spans.size(); ++sentence) {
    SentenceRange range{};
    range.tokens = at;
    range.stems = static_cast<std::uint32_t>(stems.size());
    range.opposites = static_cast<std::uint32_t>(opposites.size());
    range.numbers = number;
    range.cues = cue;
    for (; at < count && tokens.list[at].sentence == sentence; ++at) {
      const Token& token = tokens.list[at];
      if ((lexicon::kRoles[token.root] & lexicon::kOpposite) != 0 && token.is_word() && !token.cue) {
        opposites.push_back(at);
      }
      const Symbol stem = content_stem(tokens.list, at, words);
      const std::uint32_t known = stem.empty() ? kNone : table.insert(stem);
      stem_at.push_back(known);
      if (stem.empty()) continue;
      while (seen.size() <= known) seen.push_back(0);
      if (seen[known] == sentence + 1) continue;
      seen[known] = sentence + 1;
      stems.push_back({known, at});
    }
    for (; number < numbers.size() && numbers[number].first < at; ++number)
      range.hard += numbers[number].hard() ? 1 : 0;
    while (cue < cues.size() && cues[cue].first < at) ++cue;
    range.tokens_end = at;
    range.stems_end = static_cast<std::uint32_t>(stems.size());
    range.opposites_end = static_cast<std::uint32_t>(opposites.size());
    range.numbers_end = number;
    range.cues_end = cue;
    sentences.push_back(range);
  }
}

SentenceRange Analysis::read_part(const SentenceRange& sentence, std::uint32_t first, std::uint32_t last) {
  SentenceRange part = sentence;
  part.tokens = first;
  part.tokens_end = last;
  part.stems = static_cast<std::uint32_t>(stems.size());
  SymbolTable seen(16);
  for (std::uint32_t at = first; at < last; ++at) {
    if (stem_at[at] == kNone) continue;
    const std::uint32_t before = seen.size();
    if (seen.insert({stem_at[at], 1}) == before) stems.push_back({stem_at[at], at});
  }
  part.stems_end = static_cast<std::uint32_t>(stems.size());
  const auto narrow = [&](std::uint32_t& begin, std::uint32_t& end, const auto& token_of) {
    const auto find = [&](std::uint32_t token) {  // the first item at or behind it
      std::uint32_t low = begin, high = end;
      while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (token_of(middle) < token) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    };
    const std::uint32_t start = find(first), stop = find(last);
    begin = start;
    end = stop;
  };
  narrow(part.opposites, part.opposites_end, [&](std::uint32_t i) { return opposites[i]; });
  narrow(part.cues, part.cues_end, [&](std::uint32_t i) { return cues[i].first; });
  narrow(part.numbers, part.numbers_end, [&](std::uint32_t i) { return numbers[i].first; });
  part.hard = 0;
  for (std::uint32_t i = part.numbers; i < part.numbers_end; ++i) part.hard += numbers[i].hard() ? 1 : 0;
  return part;
}

Span Analysis::stem_span(std::uint32_t at) const {
  const bool pair = tokens.list[at].kind == TermKind::character && pair_begins(tokens.list, at);
  return span(at, at + (pair ? 2 : 1));
}

std::vector<Number> extract_numbers(std::string_view text) {
  LongWords words;
  Analysis analysis(text);
  analysis.read(words);
  analysis.read_polarity();
  std::vector<Number> out;
  for (const Amount& amount : analysis.numbers) {
    const lexicon::Unit& unit = lexicon::kUnitTable[amount.unit];
    Number number{};
    number.kind = name(amount.kind);
    number.value = amount.value;
    number.unit = with_power(unit.name, amount.power);
    number.dimension = with_power(lexicon::kDimensions[unit.dimension], amount.power);
    number.per = words.text(amount.per);
    number.op = name(amount.op);
    number.soft = amount.soft;
    for (std::uint8_t i = 0; i < amount.noun_count; ++i) number.nouns.push_back(words.text(amount.nouns[i]));
    number.year = amount.year;
    number.month = amount.month;
    number.day = amount.day;
    number.ambiguous = amount.ambiguous;
    number.span = analysis.span(amount.first, amount.last);
    out.push_back(std::move(number));
  }
  return out;
}

std::vector<Entity> extract_entities(std::string_view text) {
  LongWords words;
  Analysis analysis(text);
  analysis.read(words);
  analysis.read_polarity();
  find_names(text, analysis.tokens, analysis.names);
  std::vector<Entity> out;
  for (const Name& found : analysis.names.names) {
    Entity entity{analysis.span(found.first, found.last), {}, found.strong};
    for (const Symbol& key : analysis.names.keys_of(found)) entity.keys.push_back(words.text(key));
    out.push_back(std::move(entity));
  }
  return out;
}

std::vector<Cue> extract_cues(std::string_view text) {
  LongWords words;
  Analysis analysis(text);
  analysis.read(words);
  analysis.read_polarity();
  std::vector<Cue> out;
  for (const CueWord& found : analysis.cues) {
    Cue cue{analysis.span(found.first, found.last), {}};
    for (std::uint32_t i = 0; i < found.scope_size; ++i) {
      const std::uint32_t at = analysis.scopes[found.scope + i];
      cue.scope.push_back(analysis.span(at, at + 1));
    }
    out.push_back(std::move(cue));
  }
  return out;
}

}  // namespace paritas
