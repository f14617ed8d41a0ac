#include <span>

#include "verify/amount.hpp"

namespace paritas {
namespace {

namespace word = lexicon::word;

/// A term of a phrase: a word of the lexicon, or a mark by its code point.
struct Piece {
  std::uint16_t word;
  char32_t mark = 0;

  [[nodiscard]] bool is(const Token& token) const {
    if (word != 0) return token.word == word;
    return mark < 128 ? token.key_is(static_cast<char>(mark)) : token.is_mark(mark);
  }
};

struct Phrase {
  Operator op;
  std::uint8_t count;
  Piece pieces[3];
};

constexpr Piece mark(char32_t c) { return {0, c}; }

// No phrase is the end of a longer one that means something else unless the longer one stands first.
constexpr Phrase kBefore[] = {
    {Operator::ge, 3, {{word::k_no}, {word::k_less}, {word::k_than}}},
    {Operator::ge, 3, {{word::k_no}, {word::k_fewer}, {word::k_than}}},
    {Operator::le, 3, {{word::k_no}, {word::k_more}, {word::k_than}}},
    {Operator::le, 3, {{word::k_no}, {word::k_greater}, {word::k_than}}},
    {Operator::le, 3, {{word::k_no}, {word::k_later}, {word::k_than}}},
    {Operator::gt, 3, {{word::k_in}, {word::k_excess}, {word::k_of}}},
    {Operator::ge, 2, {{word::k_at}, {word::k_least}}},
    {Operator::ge, 2, {{word::k_minimum}, {word::k_of}}},
    {Operator::le, 2, {{word::k_at}, {word::k_most}}},
    {Operator::le, 2, {{word::k_up}, {word::k_to}}},
    {Operator::le, 2, {{word::k_maximum}, {word::k_of}}},
    {Operator::le, 2, {{word::k_limited}, {word::k_to}}},
    {Operator::gt, 2, {{word::k_more}, {word::k_than}}},
    {Operator::gt, 2, {{word::k_greater}, {word::k_than}}},
    {Operator::gt, 2, {{word::k_larger}, {word::k_than}}},
    {Operator::gt, 2, {{word::k_higher}, {word::k_than}}},
    {Operator::gt, 2, {{word::k_longer}, {word::k_than}}},
    {Operator::lt, 2, {{word::k_less}, {word::k_than}}},
    {Operator::lt, 2, {{word::k_fewer}, {word::k_than}}},
    {Operator::lt, 2, {{word::k_smaller}, {word::k_than}}},
    {Operator::lt, 2, {{word::k_lower}, {word::k_than}}},
    {Operator::lt, 2, {{word::k_shorter}, {word::k_than}}},
    {Operator::approx, 2, {{word::k_approx}, mark(U'.')}},
    {Operator::gt, 1, {{word::k_over}}},
    {Operator::gt, 1, {{word::k_above}}},
    {Operator::gt, 1, {{word::k_exceeding}}},
    {Operator::gt, 1, {{word::k_exceed}}},
    {Operator::gt, 1, {{word::k_exceeds}}},
    {Operator::gt, 1, {{word::k_exceeded}}},
    {Operator::lt, 1, {{word::k_under}}},
    {Operator::lt, 1, {{word::k_below}}},
    {Operator::approx, 1, {{word::k_about}}},
    {Operator::approx, 1, {{word::k_around}}},
    {Operator::approx, 1, {{word::k_approximately}}},
    {Operator::approx, 1, {{word::k_approx}}},
    {Operator::approx, 1, {{word::k_roughly}}},
    {Operator::approx, 1, {{word::k_nearly}}},
    {Operator::approx, 1, {{word::k_almost}}},
    {Operator::approx, 1, {{word::k_circa}}},
    {Operator::approx, 1, {{word::k_some}}},
    {Operator::ge, 1, {mark(U'≥')}},
    {Operator::le, 1, {mark(U'≤')}},
    {Operator::gt, 1, {mark(U'>')}},
    {Operator::lt, 1, {mark(U'<')}},
    {Operator::approx, 1, {mark(U'~')}},
    {Operator::approx, 1, {mark(U'≈')}},
};
constexpr Phrase kAfter[] = {
    {Operator::ge, 1, {mark(U'+')}},
    {Operator::ge, 2, {{word::k_or}, {word::k_more}}},
    {Operator::ge, 2, {{word::k_or}, {word::k_greater}}},
    {Operator::ge, 2, {{word::k_or}, {word::k_above}}},
    {Operator::ge, 2, {{word::k_or}, {word::k_higher}}},
    {Operator::ge, 2, {{word::k_or}, {word::k_over}}},
    {Operator::le, 2, {{word::k_or}, {word::k_less}}},
    {Operator::le, 2, {{word::k_or}, {word::k_fewer}}},
    {Operator::le, 2, {{word::k_or}, {word::k_below}}},
    {Operator::le, 2, {{word::k_or}, {word::k_lower}}},
    {Operator::le, 2, {{word::k_or}, {word::k_under}}},
};

/// Whether a phrase may end with this term: "approx." or a sign of comparison.
bool ends_phrase(const Token& token) {
  if (token.kind != TermKind::mark) return token.lex().is(lexicon::k_operator_end);
  return token.key_is('.') || token.key_is('<') || token.key_is('>') || token.key_is('~') || token.mark >= 128;
}

/// Whether a phrase stands at tokens [first, first + count).
bool stands(const TokenList& tokens, std::size_t first, const Phrase& phrase) {
  for (std::size_t i = 0; i < phrase.count; ++i) {
    if (!phrase.pieces[i].is(tokens[first + i])) return false;
  }
  return true;
}

}  // namespace

Operator read_operator(const TokenList& tokens, std::uint32_t first, std::uint32_t last) {
  std::size_t before = first;
  if (before > 0 && tokens[before - 1].lex().is(lexicon::k_article)) --before;
  if (before > 0 && ends_phrase(tokens[before - 1])) {
    for (const Phrase& phrase : kBefore) {
      if (phrase.count <= before && stands(tokens, before - phrase.count, phrase)) return phrase.op;
    }
  }
  if (last < tokens.size() && (tokens[last].word == word::k_or || tokens[last].key_is('+'))) {
    for (const Phrase& phrase : kAfter) {
      if (last + phrase.count <= tokens.size() && stands(tokens, last, phrase)) return phrase.op;
    }
  }
  return Operator::eq;
}

}  // namespace paritas
