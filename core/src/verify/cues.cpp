#include <algorithm>

#include "verify/analysis.hpp"

namespace paritas {
namespace {

namespace word = lexicon::word;

constexpr std::uint32_t kRight = 8, kLeft = 6, kFew = 2;  // terms of a scope, and when the left is looked at
constexpr std::uint32_t kWindow = 64;  // terms that a scope looks through on either side, so that many cues stay linear
constexpr std::uint32_t kNeitherNor = 12;

bool ends_scope(const Token& token) {
  if (token.lex().is(lexicon::k_scope_end)) return true;
  if (token.kind != TermKind::mark) return false;
  switch (token.mark) {
    case U',':
    case U';':
    case U':':
    case U'.':
    case U'!':
    case U'?':
    case U'(':
    case U')':
    case U'[':
    case U']':
    case U'{':
    case U'}':
    case U'—':
    case U'–':
    case U'"':
    case U'“':
    case U'”':
    case U'。':
      return true;
    default:
      return false;
  }
}

bool counts(const Token& token) { return token.kind == TermKind::number || (token.content_word() && !token.cue); }

class CueFinder {
 public:
  CueFinder(Tokens& tokens, CueList& cues, IndexList& scopes)
      : tokens_(tokens.list), starts_(tokens.cue_starts), cues_(cues), scopes_(scopes) {}

  void run() {
    for (const std::uint32_t at : starts_) {
      const Token& token = tokens_[at];
      if (!cues_.empty() && at < cues_.back().last) continue;
      if (token.word == word::k_neither) neither_ = at;
      const std::uint32_t end = end_of_cue(at);
      if (end == at) continue;
      cues_.push_back({at, end, 0, 0});
      for (std::uint32_t i = at; i < end; ++i) {
        Token& cue = tokens_[i];
        cue.cue = cue.cue || !cue.negated || !cue.content_word();
      }
    }
    for (CueWord& cue : cues_) read_scope(cue);
  }

 private:
  [[nodiscard]] std::uint16_t key(std::uint32_t at) const {
    return at < tokens_.size() ? tokens_[at].word : std::uint16_t{0};
  }

  /// One past the cue that begins here; `at` when none does.
  [[nodiscard]] std::uint32_t end_of_cue(std::uint32_t at) const {
    const Token& token = tokens_[at];
    const std::uint16_t next = key(at + 1);
    if (token.negated || token.word == word::k_not) {
      const bool excused = next == word::k_only || next == word::k_just || next == word::k_merely ||
                           next == word::k_simply || (token.negated && next == word::k_but);
      const bool mention = next == word::k_to && key(at + 2) == word::k_mention;
      return excused || mention ? at : at + 1;
    }
    if (token.word == word::k_no) {
      if (next == word::k_longer) return at + 2;
      return harmless_no(at) ? at : at + 1;
    }
    if (token.word == word::k_nothing) return next == word::k_but ? at : at + 1;
    if (token.word == word::k_nor) return neither_ != kNone && at - neither_ <= kNeitherNor ? at : at + 1;
    if (token.lex().is(lexicon::k_cue) || token.root == word::k_lack) return at + 1;
    return takes(token.root, next) ? at + 2 : at;
  }

  static bool takes(std::uint16_t root, std::uint16_t next) {
    switch (root) {
      case word::k_fail:
      case word::k_refus:
      case word::k_declin:
      case word::k_unabl:
        return next == word::k_to;
      case word::k_absenc:
      case word::k_instead:
        return next == word::k_of;
      case word::k_rather:
        return next == word::k_than;
      case word::k_far:
        return next == word::k_from;
      default:
        return false;
    }
  }

  /// No doubt, no more than, No. 5, "No, ...".
  [[nodiscard]] bool harmless_no(std::uint32_t at) const {
    if (at + 1 >= tokens_.size()) return false;
    const Token& next = tokens_[at + 1];
    switch (next.word) {
      case word::k_doubt:
      case word::k_matter:
      case word::k_wonder:
      case word::k_later:
        return true;
      case word::k_more:
      case word::k_less:
      case word::k_fewer:
      case word::k_greater:
        if (key(at + 2) == word::k_than) return true;
        break;
      default:
        break;
    }
    if (next.key_is(',') || next.key_is('.') || next.key_is('!') || next.key_is(':')) return true;
    return next.number != kNone;
  }

  void read_scope(CueWord& cue) {
    const std::uint32_t sentence = tokens_[cue.first].sentence;
    const auto count = static_cast<std::uint32_t>(tokens_.size());
    const auto inside = [&](std::uint32_t at) { return tokens_[at].sentence == sentence && !ends_scope(tokens_[at]); };
    std::uint32_t right[kRight], left[kLeft], rights = 0, lefts = 0;
    for (std::uint32_t at = cue.last; at < count && at - cue.last < kWindow && rights < kRight && inside(at); ++at) {
      if (counts(tokens_[at])) right[rights++] = at;
    }
    if (rights < kFew) {
      for (std::uint32_t back = 1; back <= cue.first && back <= kWindow && lefts < kLeft; ++back) {
        const std::uint32_t at = cue.first - back;
        if (!inside(at)) break;
        if (counts(tokens_[at])) left[lefts++] = at;
      }
    }
    cue.scope = static_cast<std::uint32_t>(scopes_.size());
    while (lefts > 0) scopes_.push_back(left[--lefts]);
    if (tokens_[cue.first].negated && tokens_[cue.first].content_word()) scopes_.push_back(cue.first);
    for (std::uint32_t i = 0; i < rights; ++i) scopes_.push_back(right[i]);
    cue.scope_size = static_cast<std::uint32_t>(scopes_.size()) - cue.scope;
  }

  TokenList& tokens_;
  const TokenPlaces& starts_;
  CueList& cues_;
  IndexList& scopes_;
  std::uint32_t neither_ = kNone;
};

}  // namespace

void find_cues(Tokens& tokens, CueList& cues, IndexList& scopes) { CueFinder(tokens, cues, scopes).run(); }

}  // namespace paritas
