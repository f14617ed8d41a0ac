#include "verify/claims.hpp"

#include <algorithm>
#include <string>

#include "paritas/verify/claims.hpp"

namespace paritas {
namespace {

constexpr std::uint32_t kLeastTerms = 3;  // on either side of a cut, without marks and conjunctions

bool conjunction(const Token& token) { return token.is_word() && token.lex().is(lexicon::k_conjunction); }

bool counts(const Token& token) { return token.kind != TermKind::mark && !conjunction(token); }

bool ends_like_verb(const std::string& key) {
  return !key.empty() && (key.back() == 's' || (key.size() >= 2 && key.compare(key.size() - 2, 2, "ed") == 0));
}

/// Whether a part of a sentence may begin at a token that is not its first; `last` ends the sentence.
bool cuts_before(const TokenList& tokens, std::uint32_t at, std::uint32_t last, const LongWords& words) {
  const Token &token = tokens[at], &before = tokens[at - 1];
  if (before.key_is(';')) return true;
  if (!conjunction(token)) return false;
  if (token.number != kNone && token.number == before.number) return false;  // three and a half
  if (!token.lex().is(lexicon::k_joiner)) return true;
  if (at + 1 >= last) return false;
  const Token& next = tokens[at + 1];
  if (!next.is_word()) return false;
  if (next.lex().is(lexicon::k_clause_start)) return true;
  return (next.first & kLower) != 0 && ends_like_verb(words.text(next.key));
}

}  // namespace

void find_claims(const Analysis& analysis, const LongWords& words, bool atomic, ClaimList& claims) {
  const TokenList& tokens = analysis.tokens.list;
  const auto count = static_cast<std::uint32_t>(tokens.size());
  std::uint32_t first = 0;
  for (std::uint32_t sentence = 0; sentence < analysis.spans.size(); ++sentence) {
    const Span span = analysis.spans[sentence];
    std::uint32_t last = first, right = 0;
    bool says = false;
    for (; last < count && tokens[last].sentence == sentence; ++last) {
      says = says || tokens[last].kind != TermKind::mark;
      right += counts(tokens[last]) ? 1 : 0;
    }
    if (!says) {
      first = last;
      continue;
    }
    std::uint32_t left = 0, begin = first;
    std::size_t start = span.start;
    for (std::uint32_t at = first; atomic && at < last; ++at) {
      if (left >= kLeastTerms && right >= kLeastTerms && cuts_before(tokens, at, last, words)) {
        claims.push_back({begin, at, sentence, true, {start, tokens[at - 1].end}});
        begin = at;
        start = tokens[at].start;
        left = 0;
      }
      left += counts(tokens[at]) ? 1 : 0;
      right -= counts(tokens[at]) ? 1 : 0;
    }
    claims.push_back({begin, last, sentence, begin != first, {start, span.end}});
    first = last;
  }
}

std::vector<Claim> split_claims(std::string_view text, bool atomic) {
  LongWords words;
  Analysis analysis(text);
  analysis.read(words);
  ClaimList claims;
  find_claims(analysis, words, atomic, claims);
  std::vector<Claim> out;
  for (const ClaimRange& claim : claims) out.push_back({claim.span, claim.sentence, claim.is_atomic});
  return out;
}

}  // namespace paritas
