#include "verify/judge.hpp"

#include <algorithm>

#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

namespace word = lexicon::word;

constexpr std::uint32_t kTop = 3;         // source sentences whose numbers a claim is held against
constexpr std::uint32_t kLeastTerms = 3;  // of a claim that can be checked
constexpr std::uint32_t kLeastStems = 3;  // of a claim whose words may stand in another order
constexpr std::size_t kOrderTerms = 64;   // of a claim and of its best sentence whose order is compared
constexpr double kFlipCoverage = 0.6;     // of the best sentence, for a negation to contradict it
constexpr double kLittleTrace = 0.3;
constexpr std::uint32_t kMatter = 2;    // stems and numbers that a sentence shares with a claim that it may contradict
constexpr std::size_t kMostNames = 64;  // of a claim and of its best sentence that are held against each other

double ratio(std::uint32_t part, std::uint32_t all) {
  return all == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(all);
}

/// The keys of the words beside a name; empty where no word stands.
struct Neighbours {
  Symbol left, right;
};
Neighbours neighbours(const TokenList& tokens, std::uint32_t first, std::uint32_t last, const SentenceRange& sentence) {
  Neighbours out;
  if (first > sentence.tokens && tokens[first - 1].is_word()) out.left = tokens[first - 1].key;
  if (last < sentence.tokens_end && tokens[last].is_word()) out.right = tokens[last].key;
  return out;
}

/// Whether a word is of a script that runs from right to left: Hebrew to Arabic Extended-A, presentation forms, old and
/// new ones above.
bool right_to_left(const Analysis& text, std::uint32_t at) {
  const Token& token = text.tokens.list[at];
  if (!token.is_word() || static_cast<unsigned char>(text.text[token.start]) < 0xD6) return false;
  const char32_t c = decode_utf8(text.text, token.start).code_point;
  return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) ||
         (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

bool says_by(const TokenList& tokens, const SentenceRange& range) {
  for (std::uint32_t at = range.tokens; at < range.tokens_end; ++at) {
    if (tokens[at].is_word() && tokens[at].word == word::k_by) return true;
  }
  return false;
}

/// The first content stems of a sentence, with repetitions.
std::size_t first_stems(const Analysis& analysis, const SentenceRange& range, std::uint32_t (&out)[kOrderTerms]) {
  std::size_t count = 0;
  for (std::uint32_t at = range.tokens; at < range.tokens_end && count < kOrderTerms; ++at) {
    if (analysis.stem_at[at] != kNone) out[count++] = analysis.stem_at[at];
  }
  return count;
}

}  // namespace

Judge::Judge(Reading& reading, std::uint32_t most)
    : reading_(reading),
      source_(reading.source()),
      response_(reading.analysis()),
      there_(reading.source().analysis),
      most_(most),
      share_(reading.share()),
      polarity_(response_, there_, reading.stems(), reading.words(), source_.affixed),
      counter_(reading) {}

void Judge::add(ReasonCode code, Span claim) {
  Reason reason{};
  reason.code = code;
  reason.decisive = code <= ReasonCode::negation_flip;
  reason.claim_span = claim;
  plan_->draft.reasons.push_back(reason);
}

void Judge::add(ReasonCode code, Span claim, std::uint32_t sentence, Span source) {
  add(code, claim);
  Reason& reason = plan_->draft.reasons.back();
  reason.passage = source_.passage_of(sentence);
  reason.source_span = source_.locate(sentence, source);
}

void Judge::judge(std::uint32_t claim, VerificationPlan& plan) {
  plan_ = &plan;
  index_ = claim;
  claim_ = reading_.claims()[claim];
  unit_ = reading_.unit(claim);
  ClaimVerdict verdict{};
  verdict.reasons = static_cast<std::uint32_t>(plan.draft.reasons.size());
  align();
  read_conflicts();
  find_missing();
  VerificationPlan::Claim planned{0.0, true, false, true};
  ReasonCode obstacle{};
  bool decisive = compare_numbers();
  const bool mismatch = compare_entities();
  decisive = add_conflict() || decisive || mismatch;
  if (!decisive && add_verbatim()) {
    planned.verbatim = true;
    planned.modelled = false;
  } else if (!decisive && find_obstacle(obstacle)) {
    add(obstacle, claim_.span);
    planned.checkable = false;
    planned.modelled = false;
  } else {
    add_weaknesses(mismatch);
  }
  finish(verdict);
  plan.claims.push_back(planned);
  plan.draft.claims.push_back(verdict);
}

void Judge::align() {
  reading_.align(unit_, std::max(kTop, most_), share_, alignment_);
  best_ = alignment_.ranked.empty() ? kNone : alignment_.ranked[0];
  // What shares nothing follows, the shortest first, so that a claim in other words still meets a short source.
  for (const std::uint32_t sentence : source_.shortest) {
    if (alignment_.ranked.size() < kTop && alignment_.counts[sentence] == 0) alignment_.ranked.push_back(sentence);
  }
  found_items_ = 0;
  for (std::uint32_t i = unit_.stems; i < unit_.stems_end; ++i) {
    found_items_ += response_.stems[i].stem < reading_.known() ? 1 : 0;
  }
  for (std::uint32_t i = unit_.numbers; i < unit_.numbers_end; ++i) {
    found_items_ += reading_.numbers()[i].matched() ? 1 : 0;
  }
  terms_ = unread_ = 0;
  for (std::uint32_t at = unit_.tokens; at < unit_.tokens_end; ++at) {
    const TermKind kind = response_.tokens.list[at].kind;
    terms_ += kind != TermKind::mark ? 1 : 0;
    unread_ += kind == TermKind::character || right_to_left(response_, at) ? 1 : 0;
  }
}

// Numbers.

/// A mismatch for each hard number against which the best sentences hold another one; the others are missing.
bool Judge::compare_numbers() {
  unmatched_.clear();
  bool any = false;
  for (std::uint32_t i = unit_.numbers; i < unit_.numbers_end; ++i) {
    const Compared& number = reading_.numbers()[i];
    any = any || (number.hard && (!number.matched() || misplaced(number) || is_bound(response_.numbers[i])));
  }
  if (!any) return false;
  if (taken_.size() != there_.numbers.size()) taken_.assign(there_.numbers.size(), 0);
  for (std::uint32_t i = unit_.numbers; i < unit_.numbers_end; ++i) {
    for (const std::uint32_t match : reading_.matches(reading_.numbers()[i])) taken_[match] = index_ + 1;
  }
  std::size_t work = share_;
  bool decisive = false;
  const std::size_t top = std::min<std::size_t>(kTop, alignment_.ranked.size());
  for (std::uint32_t i = unit_.numbers; i < unit_.numbers_end; ++i) {
    const Compared& number = reading_.numbers()[i];
    const bool matched = number.matched();
    if (!number.hard) continue;
    const Amount& amount = response_.numbers[i];
    const std::uint32_t moved = find_moved_bound(number, amount);
    if (matched && moved == kNone && !misplaced(number)) continue;
    std::uint32_t found = moved, best_nouns = 0, best_shared = 0;
    for (std::size_t rank = 0; rank < (moved != kNone ? 0 : matched ? 1 : top); ++rank) {
      const std::uint32_t sentence = alignment_.ranked[rank];
      const SentenceRange& range = there_.sentences[sentence];
      for (std::uint32_t at = range.numbers; at < range.numbers_end && work != 0; ++at) {
        --work;
        const Amount& other = there_.numbers[at];
        if (taken_[at] == index_ + 1 || compare(amount, other) != Agreement::differ) continue;
        std::uint32_t nouns = 0;
        for (std::uint8_t n = 0; n < amount.noun_count; ++n) {
          for (std::uint8_t m = 0; m < other.noun_count; ++m) {
            if (amount.nouns[n] == other.nouns[m]) {
              ++nouns;
              break;
            }
          }
        }
        const bool of_a_kind = matched ? other.hard() && (nouns != 0 || (amount.unit != 0 && other.unit != 0))
                                       : comparable(amount, other, sentence, nouns);
        if (!of_a_kind) continue;
        const std::uint32_t common = shared(sentence);
        if (found != kNone && (nouns != best_nouns ? nouns < best_nouns : common <= best_shared)) continue;
        found = at;
        best_nouns = nouns;
        best_shared = common;
      }
    }
    if (found == kNone) {
      if (!matched) unmatched_.push_back(i);
      continue;
    }
    const Amount& other = there_.numbers[found];
    add(ReasonCode::number_mismatch, response_.span(amount.first, amount.last), source_.sentence_of(found),
        there_.span(other.first, other.last));
    decisive = true;
  }
  return decisive;
}

/// Whether a number that the source has is not in the best sentence, which speaks of the claim's matter.
bool Judge::misplaced(const Compared& number) const {
  return best_ != kNone && shared(best_) >= kMatter && !reading_.matched_in(number, best_);
}

/// The number of the best sentence that sets another bound on the same side: over 35 for over 50. Or kNone.
/// More than 50 are more than 35, but whoever sets a bound means it.
std::uint32_t Judge::find_moved_bound(const Compared& number, const Amount& amount) const {
  if (best_ == kNone || shared(best_) < kMatter || !is_bound(amount)) return kNone;
  std::uint32_t found = kNone;
  for (const std::uint32_t match : reading_.matches(number)) {
    if (source_.sentence_of(match) != best_) continue;
    if (!moved_bound(amount, there_.numbers[match])) return kNone;
    if (found == kNone) found = match;
  }
  return found;
}

/// Whether two numbers that differ speak of the same.
bool Judge::comparable(const Amount& amount, const Amount& other, std::uint32_t sentence, unsigned nouns) const {
  const std::uint32_t common = shared(sentence), items = unit_.items();
  if (common >= 1 && (nouns > 0 || amount.unit != 0 || common + 1 == items)) return true;
  if (!amount.per.empty() && amount.per == other.per && amount.dimension() == other.dimension()) return true;
  return common >= 2 && 2 * common >= items;
}

// Entities.

/// The strong entities that the source does not have, each once.
void Judge::find_missing() {
  const auto& names = response_.names.names;
  names_ = next_name_;
  while (names_ < names.size() && names[names_].first < unit_.tokens) ++names_;
  names_end_ = names_;
  strong_ = found_strong_ = 0;
  missing_.clear();
  for (; names_end_ < names.size() && names[names_end_].first < unit_.tokens_end; ++names_end_) {
    const Name& name = names[names_end_];
    if (!name.strong) continue;
    ++strong_;
    if (reading_.found(names_end_)) {
      ++found_strong_;
      continue;
    }
    const std::uint32_t unique = reading_.owner(names_end_);
    const bool known =
        std::any_of(missing_.begin(), missing_.end(), [&](const Stranger& other) { return other.unique == unique; });
    if (!known && missing_.size() < kMostNames) missing_.push_back({name.first, name.last, unique});
  }
  next_name_ = names_end_;
}

/// The entities of the best sentence that none of the claim's matches, without ordinary words.
void Judge::find_strangers() {
  strangers_.clear();
  auto [first, last] = source_.names_of(best_);
  last = std::min(last, first + static_cast<std::uint32_t>(kMostNames));
  const UniqueNames &own = reading_.unique_names(), &theirs = source_.names;
  for (std::uint32_t at = first; at < last; ++at) {
    const Name& name = there_.names.names[at];
    const std::uint32_t unique = source_.owners[at];
    const UniqueName& other = theirs.names[unique];
    // A weak entity is one word.
    if (!other.strong && (source_.ordinary[unique] || reading_.lower_case().has(theirs.keys[other.set]))) continue;
    bool matched = false;
    for (std::uint32_t i = names_; i < names_end_ && !matched; ++i) {
      matched = names_match(theirs, other, own, own.names[reading_.owner(i)]);
    }
    if (!matched) strangers_.push_back({name.first, name.last, unique});
  }
}

/// A mismatch for each missing entity in whose place the best sentence has another one.
bool Judge::compare_entities() {
  if (best_ == kNone || missing_.empty()) return false;
  find_strangers();
  if (strangers_.empty()) return false;
  const std::uint32_t common = shared(best_), items = unit_.items();
  const auto report = [&](const Stranger& name, const Stranger& other) {
    add(ReasonCode::entity_mismatch, response_.span(name.first, name.last), best_,
        there_.span(other.first, other.last));
  };
  bool any = false;
  if (common >= 1 && 2 * common + 1 >= items) {
    for (const Stranger& name : missing_) {
      const Neighbours beside = neighbours(response_.tokens.list, name.first, name.last, unit_);
      for (const Stranger& other : strangers_) {
        const Neighbours there = neighbours(there_.tokens.list, other.first, other.last, there_.sentences[best_]);
        const bool same = (!beside.left.empty() && beside.left == there.left) ||
                          (!beside.right.empty() && beside.right == there.right);
        if (!same) continue;
        report(name, other);
        any = true;
        break;
      }
    }
  }
  if (any || !only_entity_differs()) return any;
  report(missing_[0], strangers_[0]);
  return true;
}

/// Whether all but one entity of either side is the same.
bool Judge::only_entity_differs() const {
  if (missing_.size() != 1) return false;
  for (const Stranger& other : strangers_) {
    if (other.unique != strangers_[0].unique) return false;
  }
  std::uint32_t others = 0;
  for (std::uint32_t i = unit_.stems; i < unit_.stems_end; ++i) {
    const StemPlace& place = response_.stems[i];
    if (place.token >= missing_[0].first && place.token < missing_[0].last) continue;
    if (place.stem >= reading_.known() || !source_.has(best_, place.stem)) return false;
    ++others;
  }
  for (std::uint32_t i = unit_.numbers; i < unit_.numbers_end; ++i) {
    if (reading_.numbers()[i].hard && !reading_.matched_in(reading_.numbers()[i], best_)) return false;
  }
  const SentenceRange& best = there_.sentences[best_];
  return others >= 2 && best.stems_end - best.stems <= 2 * others + 2;
}

// Polarity.

/// Whether the claim says the opposite of all source sentences that share the most with it, as many as the work allows.
void Judge::read_conflicts() {
  conflicts_ = flips_ = false;
  opposed_ = true;
  if (alignment_.tied.empty()) return;
  polarity_.set_claim(unit_);
  std::size_t work = share_;
  for (const std::uint32_t sentence : alignment_.tied) {
    const std::size_t cost = std::size_t{unit_.length()} + there_.sentences[sentence].length();
    if (cost > work) return;
    work -= cost;
    if (!polarity_.conflict(sentence, reading_.matched_in(unit_, sentence), evidence_)) {
      conflicts_ = false;
      return;
    }
    const auto opposed = std::find_if(evidence_.begin(), evidence_.end(),
                                      [](const Evidence& why) { return why.kind != PolarityKind::cue; });
    const auto cue = std::find_if(evidence_.begin(), evidence_.end(),
                                  [](const Evidence& why) { return why.kind == PolarityKind::cue; });
    opposed_ = opposed_ && opposed != evidence_.end();
    if (!conflicts_) {  // the best one gives the reason
      flips_ = true;
      first_opposed_ = opposed != evidence_.end() ? *opposed : evidence_[0];
      first_cue_ = cue != evidence_.end() ? *cue : evidence_[0];
    }
    conflicts_ = true;
  }
}

bool Judge::add_conflict() {
  if (!conflicts_) return false;
  ReasonCode code = ReasonCode::antonym;
  if (!opposed_) {
    if (!(static_cast<double>(shared(best_)) >= kFlipCoverage * static_cast<double>(unit_.items()))) return false;
    code = ReasonCode::negation_flip;
  }
  const Evidence& why = opposed_ ? first_opposed_ : first_cue_;
  add(code, why.claim == kNone ? claim_.span : response_.span(why.claim, why.claim_last), best_,
      why.source == kNone ? there_.spans[best_] : there_.span(why.source, why.source_last));
  plan_->draft.reasons.back().cue_of_source = why.cue_of_source;
  return true;
}

// The rest.

/// What does not contradict by itself.
void Judge::add_weaknesses(bool mismatch) {
  for (const std::uint32_t i : unmatched_) {
    add(ReasonCode::number_missing, response_.span(response_.numbers[i].first, response_.numbers[i].last));
  }
  if (other_order()) add(ReasonCode::word_order, claim_.span, best_, there_.spans[best_]);
  if (!mismatch) {
    for (const Stranger& name : missing_) add(ReasonCode::entity_missing, response_.span(name.first, name.last));
  }
  const std::uint32_t items = unit_.items();
  if (items != 0 && static_cast<double>(found_items_) < kLittleTrace * static_cast<double>(items)) {
    add(ReasonCode::not_in_source, claim_.span);
  }
}

/// Whether the best sentence has the same stems in another order, and no passive explains it.
bool Judge::other_order() const {
  if (best_ == kNone) return false;
  const std::uint32_t stems = unit_.stems_end - unit_.stems;
  const SentenceRange& best = there_.sentences[best_];
  if (stems < kLeastStems || best.stems_end - best.stems != stems || best.length() > 2 * unit_.length()) return false;
  for (std::uint32_t i = unit_.stems; i < unit_.stems_end; ++i) {
    const std::uint32_t stem = response_.stems[i].stem;
    if (stem >= reading_.known() || !source_.has(best_, stem)) return false;
  }
  if (says_by(response_.tokens.list, unit_) != says_by(there_.tokens.list, best)) return false;
  std::uint32_t left[kOrderTerms], right[kOrderTerms];
  const std::size_t lefts = first_stems(response_, unit_, left), rights = first_stems(there_, best, right);
  // Longest common subsequence, a bit for each stem of the claim: the zeros of `rows` are its steps.
  std::uint64_t rows = ~std::uint64_t{0};
  for (std::size_t j = 0; j < rights; ++j) {
    std::uint64_t same = 0;
    for (std::size_t i = 0; i < lefts; ++i) same |= std::uint64_t{left[i] == right[j]} << i;
    const std::uint64_t both = rows & same;
    rows = (rows + both) | (rows - both);
  }
  std::size_t common = 0;
  for (std::size_t i = 0; i < lefts; ++i) common += (rows >> i & 1) == 0 ? 1 : 0;
  return 2 * common <= lefts;
}

/// Why a claim cannot be checked.
bool Judge::find_obstacle(ReasonCode& code) const {
  if (there_.sentences.empty()) {
    code = ReasonCode::no_source;
  } else if (terms_ < kLeastTerms && unit_.numbers == unit_.numbers_end && !names_something()) {
    code = ReasonCode::too_short;
  } else if (2 * unread_ > terms_) {
    code = ReasonCode::script_not_supported;
  } else if (unit_.items() == 0) {
    code = ReasonCode::no_content;
  } else {
    return false;
  }
  return true;
}

/// Whether it has a strong entity, or a weak one that is strong in the source: "Delhi" at a start.
bool Judge::names_something() const {
  if (strong_ != 0) return true;
  for (std::uint32_t i = names_; i < names_end_; ++i) {
    if (reading_.strong_in_source(i)) return true;
  }
  return false;
}

/// Whether a source sentence has the claim's words as a run, with as many negations.
bool Judge::add_verbatim() {
  const std::uint32_t cues = unit_.cues_end - unit_.cues;
  const std::uint32_t whole = source_.find_whole(response_, unit_.tokens, unit_.tokens_end, cues);
  if (whole != kNone) {
    add(ReasonCode::verbatim, claim_.span, whole, there_.spans[whole]);
    return true;
  }
  if (terms_ < kLeastTerms || unit_.stems == unit_.stems_end) return false;
  std::uint32_t rarest = kNone;
  for (std::uint32_t i = unit_.stems; i < unit_.stems_end; ++i) {
    const std::uint32_t stem = response_.stems[i].stem;
    if (stem >= reading_.known()) return false;
    if (rarest == kNone || source_.sentence_count(stem) < source_.sentence_count(rarest)) rarest = stem;
  }
  std::size_t work = share_;
  words_.clear();
  for (const std::uint32_t sentence : source_.sentences_of(rarest)) {
    const SentenceRange& range = there_.sentences[sentence];
    if (range.length() > work) break;
    work -= range.length();
    if (range.cues_end - range.cues != cues) continue;
    Span span{};
    if (!find_run(sentence, span)) continue;
    add(ReasonCode::verbatim, claim_.span, sentence, span);
    return true;
  }
  return false;
}

/// Looks for the claim's words in a source sentence, as Knuth, Morris and Pratt do.
bool Judge::find_run(std::uint32_t sentence, Span& span) {
  const TokenList &own = response_.tokens.list, &theirs = there_.tokens.list;
  const auto same = [](const Token& a, const Token& b) { return a.key == b.key && a.negated == b.negated; };
  if (words_.empty()) {
    for (std::uint32_t at = unit_.tokens; at < unit_.tokens_end; ++at) {
      if (in_sequence(own[at])) words_.push_back(at);
    }
    borders_.assign(words_.size() + 1, 0);
    for (std::uint32_t i = 1, border = 0; i < words_.size(); ++i) {
      while (border > 0 && !same(own[words_[i]], own[words_[border]])) border = borders_[border];
      border += same(own[words_[i]], own[words_[border]]) ? 1 : 0;
      borders_[i + 1] = border;
    }
  }
  const SentenceRange& range = there_.sentences[sentence];
  if (range.length() < words_.size()) return false;
  std::uint32_t matched = 0;
  for (std::uint32_t at = range.tokens; at < range.tokens_end; ++at) {
    if (!in_sequence(theirs[at])) continue;
    while (matched > 0 && !same(theirs[at], own[words_[matched]])) matched = borders_[matched];
    matched += same(theirs[at], own[words_[matched]]) ? 1 : 0;
    if (matched < words_.size()) continue;
    std::uint32_t first = at;  // back to where the run begins
    for (std::uint32_t left = matched - 1; left > 0;) left -= in_sequence(theirs[--first]) ? 1 : 0;
    span = there_.span(first, at + 1);
    return true;
  }
  return false;
}

void Judge::finish(ClaimVerdict& verdict) {
  VerificationResult& draft = plan_->draft;
  verdict.reasons_end = static_cast<std::uint32_t>(draft.reasons.size());
  verdict.span = claim_.span;
  verdict.is_atomic = claim_.is_atomic;
  verdict.negation_flip = conflicts_;
  bool matched = true;
  for (std::uint32_t i = unit_.numbers; i < unit_.numbers_end; ++i) {
    matched = matched && (!reading_.numbers()[i].hard || reading_.numbers()[i].matched());
  }
  if (unit_.hard != 0 && source_.has_hard) verdict.numerical_match = matched;
  verdict.source_index = verdict.passage = kNoPassage;
  if (best_ != kNone) {
    verdict.source_index = best_;
    verdict.passage = source_.passage_of(best_);
    verdict.source_span = source_.locate(best_, there_.spans[best_]);
  }
  verdict.entity_match = ratio(found_strong_, strong_);
  verdict.traceability = ratio(found_items_, unit_.items());
  verdict.evidence = static_cast<std::uint32_t>(draft.evidence.size());
  add_evidence();
  verdict.evidence_end = static_cast<std::uint32_t>(draft.evidence.size());
}

void Judge::add_evidence() {
  const std::size_t count = std::min<std::size_t>(most_, alignment_.ranked.size());
  SymbolTable wanted(16);
  for (std::uint32_t i = names_; strong_ != 0 && i < names_end_; ++i) {
    if (!response_.names.names[i].strong) continue;
    for (const Symbol& key : reading_.unique_names().set_of(reading_.unique_names().names[reading_.owner(i)])) {
      wanted.insert(key);
    }
  }
  for (std::size_t rank = 0; rank < count; ++rank) {
    const std::uint32_t sentence = alignment_.ranked[rank];
    const SentenceRange& range = there_.sentences[sentence];
    SourceSpan span{};
    span.index = sentence;
    span.passage = source_.passage_of(sentence);
    span.span = source_.locate(sentence, there_.spans[sentence]);
    span.score = static_cast<double>(shared(sentence)) / static_cast<double>(std::max(1u, unit_.items()));
    span.entity_match = strong_ == 0 ? 1.0 : ratio(names_in(range, wanted), strong_);
    bool matched = true;
    for (std::uint32_t i = unit_.numbers; i < unit_.numbers_end && range.hard != 0; ++i) {
      matched = matched && (!reading_.numbers()[i].hard || reading_.matched_in(reading_.numbers()[i], sentence));
    }
    if (unit_.hard != 0 && range.hard != 0) span.numerical_match = matched;
    plan_->draft.evidence.push_back(span);
  }
}

/// How many strong entities of the claim have all their words in a sentence; of a very long one, in its beginning.
std::uint32_t Judge::names_in(const SentenceRange& range, const SymbolTable& wanted) const {
  InlineVector<bool, 16> present;
  present.assign(wanted.size(), false);
  const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(range.tokens_end, range.tokens + share_));
  for (std::uint32_t at = range.tokens; at < end; ++at) {
    const Token& token = there_.tokens.list[at];
    if (!token.is_word()) continue;
    const std::uint32_t number = wanted.find(token.key);
    if (number != SymbolTable::kAbsent) present[number] = true;
  }
  std::uint32_t count = 0;
  for (std::uint32_t i = names_; i < names_end_; ++i) {
    if (!response_.names.names[i].strong) continue;
    const auto keys = reading_.unique_names().set_of(reading_.unique_names().names[reading_.owner(i)]);
    count +=
        std::all_of(keys.begin(), keys.end(), [&](const Symbol& key) { return present[wanted.find(key)]; }) ? 1 : 0;
  }
  return count;
}

}  // namespace paritas
