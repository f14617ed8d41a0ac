#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/inline_vector.hpp"
#include "paritas/base/span.hpp"
#include "text/cut_sentences.hpp"
#include "text/symbol_table.hpp"
#include "text/tokens.hpp"
#include "verify/amount.hpp"
#include "verify/names.hpp"

namespace paritas {

/// A cue: tokens [first, last); the tokens that it negates stand in Analysis::scopes, in order.
struct CueWord {
  std::uint32_t first, last;
  std::uint32_t scope, scope_size;
};
using CueList = InlineVector<CueWord, 8>;
using IndexList = InlineVector<std::uint32_t, 32>;

/// The cues in order, their words marked; then the scopes, when all are marked.
void find_cues(Tokens& tokens, CueList& cues, IndexList& scopes);

/// A content stem of a sentence, by its number in a SymbolTable, and the token where it first begins.
struct StemPlace {
  std::uint32_t stem;
  std::uint32_t token;
};

/// Ranges of one sentence in the lists of its Analysis.
struct SentenceRange {
  std::uint32_t tokens, tokens_end;
  std::uint32_t stems, stems_end;
  std::uint32_t numbers, numbers_end;
  std::uint32_t cues, cues_end;
  std::uint32_t opposites, opposites_end;
  std::uint32_t hard;  // how many of its numbers are

  [[nodiscard]] std::uint32_t length() const { return tokens_end - tokens; }
  [[nodiscard]] std::uint32_t items() const { return stems_end - stems + hard; }
};

/// One text, read once. Its parts are found in the order of the members.
struct Analysis {
  std::string_view text;
  Tokens tokens;
  SpanList spans;
  AmountList numbers;
  CueList cues;
  IndexList scopes;
  NameList names;
  // Of each sentence: its distinct content stems, and its words that have antonyms.
  InlineVector<StemPlace, 64> stems;
  InlineVector<std::uint32_t, 96> stem_at;  // by token: the number of the content stem that begins there, or kNone
  IndexList opposites;
  InlineVector<SentenceRange, 16> sentences;

  explicit Analysis(std::string_view of) : text(of) {}

  /// Terms, sentences and numbers.
  void read(LongWords& words);
  /// Cues and what the numbers count; after read().
  void read_polarity();
  /// Numbers the content stems; after read_polarity().
  void read_stems(LongWords& words, SymbolTable& table);
  /// The ranges of the tokens [first, last) of one sentence, a part of it; after read_stems(). Its stems are added to
  /// the list.
  SentenceRange read_part(const SentenceRange& sentence, std::uint32_t first, std::uint32_t last);

  [[nodiscard]] Span span(std::uint32_t first, std::uint32_t last) const {
    return {tokens.list[first].start, tokens.list[last - 1].end};
  }
  /// Of the content stem that begins at a token: a pair of unspaced characters has two.
  [[nodiscard]] Span stem_span(std::uint32_t at) const;
};

/// The stem of a run of unspaced characters that begins at one of them: it and the next, or it alone.
Symbol unspaced_stem(const TokenList& tokens, std::uint32_t at, LongWords& words);

/// The content stem that begins at a token; empty when none does.
inline Symbol content_stem(const TokenList& tokens, std::uint32_t at, LongWords& words) {
  const Token& token = tokens[at];
  if (token.content && token.number == kNone && !token.cue) return token.stem;
  return token.kind == TermKind::character ? unspaced_stem(tokens, at, words) : Symbol{};
}

}  // namespace paritas
