#include "verify/source_index.hpp"

#include <algorithm>

#include "paritas/text/unicode.hpp"
#include "verify/conflict.hpp"

namespace paritas {
namespace {

constexpr std::size_t kFewNames = 64;  // up to here each is looked at
constexpr std::size_t kShortest = 5;   // sentences that are kept for claims that share nothing with any

std::uint64_t hash_of(const TokenList& tokens, std::uint32_t first, std::uint32_t last, std::uint32_t cues) {
  std::uint64_t hash = cues;
  for (std::uint32_t at = first; at < last; ++at) {
    const Token& token = tokens[at];
    if (!in_sequence(token)) continue;
    hash = (hash ^ token.key.low) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ hash >> 32 ^ token.key.high ^ (token.negated ? 1 : 0)) * 0xD6E8FEB86659FD93u;
  }
  return hash ^ hash >> 29;
}

/// Whether two stretches have the same words in the same order.
bool same_words(const TokenList& left, std::uint32_t a, std::uint32_t a_end, const TokenList& right, std::uint32_t b,
                std::uint32_t b_end) {
  for (;;) {
    while (a < a_end && !in_sequence(left[a])) ++a;
    while (b < b_end && !in_sequence(right[b])) ++b;
    if (a == a_end || b == b_end) return a == a_end && b == b_end;
    if (!(left[a].key == right[b].key) || left[a].negated != right[b].negated) return false;
    ++a;
    ++b;
  }
}

}  // namespace

void SourceIndex::read() {
  analysis.read(words);
  analysis.read_polarity();
}

void SourceIndex::read_names() {
  find_names(analysis.text, analysis.tokens, analysis.names);
  unify(analysis.names, words, names, &owners);
  find_ordinary(names, analysis.tokens, ordinary);
  if (names.names.size() > kFewNames) name_index = std::make_unique<NameIndex>(names);
}

void SourceIndex::read_stems() {
  analysis.read_stems(words, stems);
  for (std::uint32_t stem = 0; stem < stems.size(); ++stem) affixed = affixed || paritas::affixed(stems[stem]);
}

void SourceIndex::index_stems() {
  places_start_.assign(std::size_t{stems.size()} + 1, 0);
  for (const StemPlace& place : analysis.stems) ++places_start_[place.stem + 1];
  for (std::size_t i = 1; i < places_start_.size(); ++i) places_start_[i] += places_start_[i - 1];
  places_.resize(analysis.stems.size());
  first_tokens_.resize(analysis.stems.size());
  std::vector<std::uint32_t> next(places_start_.begin(), places_start_.end() - 1);
  for (std::uint32_t sentence = 0; sentence < analysis.sentences.size(); ++sentence) {
    const SentenceRange& range = analysis.sentences[sentence];
    for (std::uint32_t i = range.stems; i < range.stems_end; ++i) {
      const std::uint32_t place = next[analysis.stems[i].stem]++;
      places_[place] = sentence;
      first_tokens_[place] = analysis.stems[i].token;
    }
  }
  negated_.assign(analysis.tokens.list.size(), false);
  for (const std::uint32_t token : analysis.scopes) negated_[token] = true;
}

bool in_sequence(const Token& token) {
  if (token.kind != TermKind::mark || token.key_is('%')) return true;
  switch (category(token.mark)) {
    case Category::Sm:
    case Category::Sc:
    case Category::Sk:
    case Category::So:
      return true;
    default:
      return false;
  }
}

void SourceIndex::index_rules(std::span<const Span> of_passages) {
  passages.assign(of_passages.begin(), of_passages.end());
  const auto count = static_cast<std::uint32_t>(analysis.sentences.size());
  if (passages.size() > 1) {
    std::uint32_t passage = 0;
    for (std::uint32_t sentence = 0; sentence < count; ++sentence) {
      while (analysis.spans[sentence].start >= passages[passage].end) ++passage;
      passage_of_.push_back(passage);
    }
  }
  for (const Amount& amount : analysis.numbers) has_hard = has_hard || amount.hard();
  std::size_t slots = 4;
  while (slots < std::size_t{count} * 2) slots *= 2;
  whole_.assign(slots, kNone);
  hashes_.resize(count);
  for (std::uint32_t sentence = 0; sentence < count; ++sentence) {
    const SentenceRange& range = analysis.sentences[sentence];
    const std::uint64_t hash =
        hash_of(analysis.tokens.list, range.tokens, range.tokens_end, range.cues_end - range.cues);
    hashes_[sentence] = hash;
    std::size_t at = hash & (slots - 1);
    while (whole_[at] != kNone && hashes_[whole_[at]] != hash) at = (at + 1) & (slots - 1);
    if (whole_[at] == kNone) whole_[at] = sentence;
    // The shortest so far, in order: a new one goes in where it belongs.
    const std::uint32_t items = range.items();
    const auto items_of = [&](std::size_t i) { return analysis.sentences[shortest[i]].items(); };
    if (items == 0 || (shortest.size() == kShortest && items_of(kShortest - 1) <= items)) continue;
    if (shortest.size() < kShortest) shortest.push_back(sentence);
    std::size_t place = shortest.size() - 1;
    for (; place > 0 && items_of(place - 1) > items; --place) shortest[place] = shortest[place - 1];
    shortest[place] = sentence;
  }
}

std::uint32_t SourceIndex::find_whole(const Analysis& text, std::uint32_t first, std::uint32_t last,
                                      std::uint32_t cues) const {
  const std::uint64_t hash = hash_of(text.tokens.list, first, last, cues);
  std::size_t at = hash & (whole_.size() - 1);
  while (whole_[at] != kNone && hashes_[whole_[at]] != hash) at = (at + 1) & (whole_.size() - 1);
  if (whole_[at] == kNone) return kNone;
  const SentenceRange& range = analysis.sentences[whole_[at]];
  if (range.cues_end - range.cues != cues) return kNone;
  const bool same = same_words(text.tokens.list, first, last, analysis.tokens.list, range.tokens, range.tokens_end);
  return same ? whole_[at] : kNone;
}

bool SourceIndex::has(std::uint32_t sentence, std::uint32_t stem) const {
  const auto sentences = sentences_of(stem);
  return std::binary_search(sentences.begin(), sentences.end(), sentence);
}

Span SourceIndex::locate(std::uint32_t sentence, Span span) const {
  const Span passage = passages[passage_of(sentence)];
  return {span.start - passage.start, std::min(span.end, passage.end) - passage.start};
}

std::pair<std::uint32_t, std::uint32_t> SourceIndex::names_of(std::uint32_t sentence) const {
  const SentenceRange& range = analysis.sentences[sentence];
  const auto& list = analysis.names.names;
  const auto before = [](const Name& name, std::uint32_t token) { return name.first < token; };
  const auto* first = std::lower_bound(list.begin(), list.end(), range.tokens, before);
  const auto* last = std::lower_bound(first, list.end(), range.tokens_end, before);
  return {static_cast<std::uint32_t>(first - list.begin()), static_cast<std::uint32_t>(last - list.begin())};
}

void SourceIndex::index_words() {
  for (const Token& token : analysis.tokens.list) {
    if (token.is_word()) keys.insert(token.key);
  }
}

}  // namespace paritas
