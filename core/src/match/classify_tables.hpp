#pragma once
#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "match/classify_words.hpp"
#include "paritas/match/classify.hpp"

// The tables of a classifier and how a text is read by them.
namespace paritas {
namespace classify {

/// What a word is to a classifier; a word that is nowhere is none.
struct Known {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::uint32_t number = 0;
  std::uint32_t node = 0;  // where phrases that begin with it go on; 0: none does
  std::uint8_t size = 0;   // 0: an empty place
  std::uint8_t scope = 0;  // ScopeWord
};

/// The end of a phrase, or a place within one.
struct Node {
  std::uint32_t accepts = 0;  // the first in Impl::accepted
  std::uint32_t accepts_end = 0;
  Negation negation = Negation::none;
  bool goes_on = false;
};

struct Accepted {
  std::uint32_t category;
  std::uint32_t keyword;
};

inline std::uint64_t hash_of(std::uint64_t first, std::uint64_t second) noexcept {
  return (first ^ second * 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
}

constexpr std::uint64_t step_of(std::uint32_t node, std::uint32_t word, bool tight) noexcept {
  return static_cast<std::uint64_t>(node) << 33 | static_cast<std::uint64_t>(word) << 1 | (tight ? 1 : 0);
}

}  // namespace classify

struct TaskClassifier::Impl {
  using Known = classify::Known;
  using Node = classify::Node;
  using Accepted = classify::Accepted;
  using Negation = classify::Negation;
  using Reader = classify::Reader;
  using Word = classify::Word;

  double position_weight = 0.0, smoothing = 0.0, threshold = 0.0;
  std::size_t radius = 0;
  std::vector<KeywordCategory> categories;
  std::vector<const Keyword*> keywords;  // of all categories

  std::vector<Known> table;  // open addressing; a power of 2
  unsigned shift = 0;
  std::map<std::string, Known, std::less<>> longer;  // words of more than 16 bytes
  std::size_t longest = 0;
  std::vector<Node> nodes;
  std::vector<Accepted> accepted;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> steps;  // sorted

  [[nodiscard]] const Known* find(std::string_view text, const Word& word) const {
    if (word.size > 16) {
      if (word.size > longest) return nullptr;
      const auto found = longer.find(classify::lowered(text.substr(word.start, word.end - word.start)));
      return found == longer.end() ? nullptr : &found->second;
    }
    const std::size_t mask = table.size() - 1;
    for (auto at = static_cast<std::size_t>(classify::hash_of(word.first, word.second) >> shift);;
         at = (at + 1) & mask) {
      const Known& known = table[at];
      if (known.size == 0) return nullptr;
      if (known.first == word.first && known.second == word.second && known.size == word.size) return &known;
    }
  }

  [[nodiscard]] std::uint32_t step(std::uint32_t node, std::uint32_t word, bool tight) const {
    const auto key = std::make_pair(classify::step_of(node, word, tight), std::uint32_t{0});
    const auto found = std::lower_bound(steps.begin(), steps.end(), key);
    return found == steps.end() || found->first != key.first ? 0 : found->second;
  }

  /// The longest phrases that begin at a word.
  struct Found {
    const Node* keyword = nullptr;
    std::size_t keyword_words = 0;
    std::size_t keyword_end = 0;  // byte
    Negation negation = Negation::none;
    std::size_t negation_words = 0;
  };
  /// reader: behind the word. It is copied, so that the words of a phrase are read again.
  [[nodiscard]] Found phrases_at(std::string_view text, const Word& word, const Known& known, Reader reader) const {
    Found found;
    Word last = word;
    std::uint32_t node = known.node;
    for (std::size_t words = 1; node != 0; ++words) {
      const Node& here = nodes[node];
      if (here.accepts != here.accepts_end) {
        found.keyword = &here;
        found.keyword_words = words;
        found.keyword_end = last.end;
      }
      if (here.negation != Negation::none) {
        found.negation = here.negation;
        found.negation_words = words;
      }
      if (!here.goes_on || !reader.next(last)) break;
      const bool tight = classify::is_tight(last.gap);
      const Known* next = tight || classify::is_loose(last.gap) ? find(text, last) : nullptr;
      node = next == nullptr ? 0 : step(node, next->number, tight);
    }
    return found;
  }

  /// Calls match(accepted, start, end, codepoint, negated) for each keyword and negator() for each negator, in text
  /// order, until one says false. Returns the code points that were read.
  template <class Match, class Negator>
  std::size_t walk(std::string_view text, Match match, Negator negator) const {
    constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
    Reader reader(text);
    Word word;
    std::size_t plain = kNone, verb = kNone;  // the first word that a negator covers
    std::size_t next_keyword = 0, next_negation = 0;
    for (std::size_t i = 0; reader.next(word); ++i) {
      const Known* known = find(text, word);
      const unsigned scope = known == nullptr ? 0 : known->scope;
      if (plain <= i || verb <= i) {
        bool ends = classify::ends_clause(word.gap) || (scope & classify::kEndsScope) != 0;
        // A comma in a list of keywords does not end the clause.
        if ((word.gap & classify::kComma) != 0 && i != next_keyword && (scope & classify::kOr) == 0) ends = true;
        const bool softens = (scope & classify::kSoftener) != 0;
        if (plain <= i && (ends || (softens && i != plain))) plain = kNone;
        if (verb <= i && (ends || (softens && i != verb) || (scope & classify::kAnd) != 0)) verb = kNone;
      }
      if (known == nullptr || known->node == 0) continue;
      const Found found = phrases_at(text, word, *known, reader);
      if (i >= next_keyword && found.keyword != nullptr) {
        const bool negated = (plain <= i && i - plain < radius) || (verb <= i && i - verb < radius);
        for (std::uint32_t a = found.keyword->accepts; a < found.keyword->accepts_end; ++a) {
          if (!match(accepted[a], word.start, found.keyword_end, word.codepoint, negated)) return reader.codepoints();
        }
        next_keyword = i + found.keyword_words;
      }
      if (i >= next_negation && found.negation != Negation::none) {
        next_negation = i + found.negation_words;
        if (found.negation == Negation::plain) plain = next_negation;
        if (found.negation == Negation::verb) verb = next_negation;
        if (found.negation != Negation::no && !negator()) return reader.codepoints();
      }
    }
    return reader.codepoints();
  }

  class Builder;
};

}  // namespace paritas
