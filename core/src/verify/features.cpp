#include "verify/features.hpp"

#include <algorithm>

#include "paritas/base/maths.hpp"

namespace paritas {
namespace {

constexpr std::uint32_t kNear = 8;           // tokens of a source sentence within which two terms stand close
constexpr std::size_t kOccurrences = 64;     // sentences of a stem that are looked at, so that no pair of texts squares
constexpr std::uint32_t kAround = 512;       // tokens around the best sentence that are looked through
constexpr std::uint32_t kFew = 64;           // cues of a sentence, and words of it with antonyms, that are looked at
constexpr std::uint32_t kSubject = 2;        // tokens at the start of a sentence where a name is its subject
constexpr std::uint32_t kSlots[2] = {2, 3};  // tokens that the neighbours of a replaced word stand apart

std::span<const std::uint32_t> few(std::span<const std::uint32_t> places) {
  return places.first(std::min(places.size(), kOccurrences));
}

/// Counts flatten: the second missing name says less than the first.
double flat(std::size_t count) { return log(1.0 + static_cast<double>(count)); }

double share(std::uint32_t part, std::uint32_t of) {
  return of == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(of);
}

/// What a term tells that `having` of the source's sentences have.
double weight(std::size_t sentences, std::uint32_t having) {
  const double all = static_cast<double>(sentences);
  return 0.3 + log((all + 1.0) / (static_cast<double>(having) + 0.5)) / (log(1.0 + all) + 0.7);
}

/// A set of words of the lexicon.
class WordSet {
 public:
  void add(std::uint16_t number) { bits_[number / 64] |= std::uint64_t{1} << (number % 64); }
  [[nodiscard]] bool has(std::uint16_t number) const { return (bits_[number / 64] >> (number % 64) & 1) != 0; }

 private:
  std::uint64_t bits_[lexicon::kWords / 64 + 1] = {};
};

/// Two words on both sides of a missing one.
struct Frame {
  Symbol before, after;
  std::uint32_t token;
};

/// Frames by their words, so that one walk through the source finds them all.
class FrameTable {
 public:
  void add(const Frame& frame) {
    filter_ |= bit(frame.before);
    frames_.push_back(frame);
  }
  [[nodiscard]] bool empty() const { return frames_.empty(); }
  [[nodiscard]] bool may_begin(const Symbol& before) const { return (filter_ & bit(before)) != 0; }

  /// Chains the frames of one hash; after all were added.
  void index() {
    std::size_t slots = 16;
    while (slots < frames_.size() * 2) slots *= 2;
    heads_.assign(slots, kNone);
    next_.assign(frames_.size(), kNone);
    for (std::uint32_t i = static_cast<std::uint32_t>(frames_.size()); i-- > 0;) {
      std::uint32_t& slot = heads_[place(frames_[i].before, frames_[i].after)];
      next_[i] = slot;
      slot = i;
    }
  }

  /// Marks the tokens of the frames with these words.
  void mark(const Symbol& before, const Symbol& after, InlineVector<bool, 128>& marks) const {
    for (std::uint32_t i = heads_[place(before, after)]; i != kNone; i = next_[i]) {
      if (!(frames_[i].before == before && frames_[i].after == after)) continue;
      if (marks[frames_[i].token]) return;  // the source has shown this frame before
      marks[frames_[i].token] = true;
    }
  }

 private:
  static std::uint64_t bit(const Symbol& key) { return std::uint64_t{1} << (key.hash() >> 58); }
  [[nodiscard]] std::size_t place(const Symbol& before, const Symbol& after) const {
    return static_cast<std::size_t>((before.hash() ^ after.hash() * 3) >> 20) & (heads_.size() - 1);
  }

  std::uint64_t filter_ = 0;
  InlineVector<Frame, 16> frames_;
  InlineVector<std::uint32_t, 32> heads_;
  InlineVector<std::uint32_t, 16> next_;
};

}  // namespace

void FeatureCounts::add(const FeatureCounts& other) {
  plain += other.plain;
  plain_found += other.plain_found;
  rarest = std::min(rarest, other.rarest);
  pairs += other.pairs;
  in_order += other.in_order;
  in_frames += other.in_frames;
  numbers_missing += other.numbers_missing;
  numbers_differ += other.numbers_differ;
  names_missing += other.names_missing;
  heads_affirmed += other.heads_affirmed;
  cues_lost += other.cues_lost;
  flips += other.flips;
  antonyms += other.antonyms;
  strong_new += other.strong_new;
  negative_new += other.negative_new;
  first_person += other.first_person;
  opinions += other.opinions;
}

std::array<double, kFeatures> features(const FeatureCounts& counts, std::size_t sentences) {
  return {share(counts.plain_found, counts.plain),
          counts.rarest == kNone ? 0.0 : weight(sentences, counts.rarest),
          share(counts.in_order, counts.pairs),
          flat(counts.in_frames),
          flat(counts.numbers_missing),
          flat(counts.numbers_differ),
          flat(counts.names_missing),
          flat(counts.heads_affirmed),
          flat(counts.cues_lost),
          flat(counts.flips),
          flat(counts.antonyms),
          flat(counts.strong_new),
          flat(counts.negative_new),
          flat(sentences),
          flat(counts.first_person),
          flat(counts.opinions)};
}

FeatureCounter::FeatureCounter(const Reading& reading)
    : reading_(reading), response_(reading.analysis()), source_(reading.source().analysis) {
  negated_.assign(response_.tokens.list.size(), false);
  find_frames();
}

FeatureCounts FeatureCounter::count(const SentenceRange& claim, std::uint32_t best, bool flips) {
  counts_ = FeatureCounts{};
  counts_.flips = flips ? 1 : 0;
  for (std::uint32_t i = claim.cues; i < claim.cues_end; ++i) {
    const CueWord& cue = response_.cues[i];
    for (std::uint32_t k = 0; k < cue.scope_size; ++k) negated_[response_.scopes[cue.scope + k]] = true;
  }
  count_terms(claim, best);
  for (std::uint32_t i = claim.numbers; i < claim.numbers_end; ++i) {
    const Compared& number = reading_.numbers()[i];
    if (!number.hard || number.matched()) continue;
    ++counts_.numbers_missing;
    counts_.numbers_differ += number.differs != kNone ? 1 : 0;
  }
  count_names(claim);
  count_polarity(claim, best);
  count_words(claim, best);
  for (std::uint32_t i = claim.cues; i < claim.cues_end; ++i) {
    const CueWord& cue = response_.cues[i];
    for (std::uint32_t k = 0; k < cue.scope_size; ++k) negated_[response_.scopes[cue.scope + k]] = false;
  }
  return counts_;
}

/// The token where a sentence of the source first has a stem, kNone when it has not.
std::uint32_t FeatureCounter::first_in(std::uint32_t stem, std::uint32_t sentence) const {
  const SourceIndex& source = reading_.source();
  const auto places = source.sentences_of(stem);
  const auto found = std::lower_bound(places.begin(), places.end(), sentence);
  if (found == places.end() || *found != sentence) return kNone;
  return source.first_token(stem, static_cast<std::size_t>(found - places.begin()));
}

/// Whether two terms first stand close and in this order in one of the source's sentences.
bool FeatureCounter::close(std::uint32_t left, std::uint32_t right) const {
  const SourceIndex& source = reading_.source();
  const auto before = few(source.sentences_of(left)), behind = few(source.sentences_of(right));
  for (std::size_t i = 0, k = 0; i < before.size() && k < behind.size();) {
    if (before[i] != behind[k]) {
      ++(before[i] < behind[k] ? i : k);
      continue;
    }
    const std::uint32_t first = source.first_token(left, i++), second = source.first_token(right, k++);
    if (first < second && second - first <= kNear) return true;
  }
  return false;
}

void FeatureCounter::count_terms(const SentenceRange& claim, std::uint32_t best) {
  std::uint32_t last = kNone;  // the content term before
  for (std::uint32_t at = claim.tokens; at < claim.tokens_end; ++at) {
    const std::uint32_t stem = response_.stem_at[at];
    if (stem == kNone) continue;
    const bool found = known(stem);
    if (!negated_[at]) {
      ++counts_.plain;
      counts_.plain_found += found ? 1 : 0;
    }
    if (!found) {
      counts_.rarest = 0;
      const bool inside = at > claim.tokens && at + 1 < claim.tokens_end;
      counts_.in_frames += inside && framed_[at] ? 1 : 0;
    } else {
      if (best == kNone || first_in(stem, best) == kNone) {
        counts_.rarest = std::min(counts_.rarest, reading_.source().sentence_count(stem));
      }
      if (last != kNone && known(last) && last != stem) {
        ++counts_.pairs;
        counts_.in_order += close(last, stem) ? 1 : 0;
      }
    }
    last = stem;
  }
}

/// Which missing words stand between neighbours that have something else between them in the source.
void FeatureCounter::find_frames() {
  const TokenList& tokens = response_.tokens.list;
  framed_.assign(tokens.size(), false);
  FrameTable frames;
  for (std::uint32_t at = 1; at + 1 < tokens.size(); ++at) {
    const std::uint32_t stem = response_.stem_at[at];
    if (stem == kNone || known(stem) || !tokens[at - 1].is_word() || !tokens[at + 1].is_word()) continue;
    frames.add({tokens[at - 1].key, tokens[at + 1].key, at});
  }
  if (frames.empty()) return;
  frames.index();
  const TokenList& source = source_.tokens.list;
  for (std::size_t at = 0; at + kSlots[0] < source.size(); ++at) {
    if (!source[at].is_word() || !frames.may_begin(source[at].key)) continue;
    for (const std::uint32_t apart : kSlots) {
      if (at + apart < source.size() && source[at + apart].is_word()) {
        frames.mark(source[at].key, source[at + apart].key, framed_);
      }
    }
  }
}

void FeatureCounter::count_names(const SentenceRange& claim) {
  const auto& names = response_.names.names;
  const auto* first = std::lower_bound(names.begin(), names.end(), claim.tokens + kSubject,
                                       [](const Name& name, std::uint32_t token) { return name.first < token; });
  for (; first != names.end() && first->first < claim.tokens_end; ++first) {
    const bool missing = first->strong && !reading_.found(static_cast<std::size_t>(first - names.begin()));
    counts_.names_missing += missing ? 1 : 0;
  }
}

/// The first content term that a cue negates to its right; kNone when there is none.
std::uint32_t FeatureCounter::head(const Analysis& side, const CueWord& cue) const {
  for (std::uint32_t i = 0; i < cue.scope_size; ++i) {
    const std::uint32_t at = side.scopes[cue.scope + i];
    if (at >= cue.first && side.stem_at[at] != kNone) return side.stem_at[at];
  }
  return kNone;
}

/// Whether a cue of the source has the stem in its scope: around the best sentence, or anywhere if it is not there.
bool FeatureCounter::negated_in_source(std::uint32_t stem, std::uint32_t best) const {
  const SourceIndex& source = reading_.source();
  const auto places = few(source.sentences_of(stem));
  bool near = false, negated = false, anywhere = false;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const bool here = source.negated(source.first_token(stem, i));
    anywhere = anywhere || here;
    if (best == kNone || places[i] + 1 < best || places[i] > best + 1) continue;
    near = true;
    negated = negated || here;
  }
  return near ? negated : anywhere;
}

void FeatureCounter::count_polarity(const SentenceRange& claim, std::uint32_t best) {
  for (std::uint32_t i = claim.cues; i < claim.cues_end; ++i) {
    const std::uint32_t stem = head(response_, response_.cues[i]);
    counts_.heads_affirmed += stem != kNone && known(stem) && !negated_in_source(stem, best) ? 1 : 0;
  }
  if (best == kNone) return;
  const SentenceRange& sentence = source_.sentences[best];
  const std::uint32_t cues = std::min(sentence.cues_end, sentence.cues + kFew);
  for (std::uint32_t i = sentence.cues; i < cues; ++i) {
    const std::uint32_t stem = head(source_, source_.cues[i]);
    if (stem == kNone) continue;
    bool here = false, negated = false;
    for (std::uint32_t at = claim.tokens; at < claim.tokens_end; ++at) {
      if (response_.stem_at[at] != stem) continue;
      here = true;
      negated = negated || negated_[at];
    }
    counts_.cues_lost += here && !negated ? 1 : 0;
  }
  const std::uint32_t opposites = std::min(sentence.opposites_end, sentence.opposites + kFew);
  if (sentence.opposites == opposites) return;
  for (std::uint32_t i = claim.opposites; i < claim.opposites_end; ++i) {
    const std::uint32_t at = response_.opposites[i];
    if (response_.stem_at[at] == kNone || known(response_.stem_at[at])) continue;
    const auto partners = lexicon::partners(lexicon::word_of(response_.tokens.list[at].root).antonyms);
    bool there = false;
    for (std::uint32_t k = sentence.opposites; k < opposites && !there; ++k) {
      const std::uint16_t root = source_.tokens.list[source_.opposites[k]].root;
      there = std::find(partners.begin(), partners.end(), root) != partners.end();
    }
    counts_.antonyms += there ? 1 : 0;
  }
}

void FeatureCounter::count_words(const SentenceRange& claim, std::uint32_t best) {
  WordSet keys, stems;
  bool read = false;
  const auto read_around = [&] {
    if (read || best == kNone) return;
    read = true;
    const std::uint32_t last = std::min(best + 1, static_cast<std::uint32_t>(source_.sentences.size()) - 1);
    const std::uint32_t first = source_.sentences[best == 0 ? 0 : best - 1].tokens;
    const std::uint32_t end = std::min(source_.sentences[last].tokens_end, first + kAround);
    for (std::uint32_t at = first; at < end; ++at) {
      keys.add(source_.tokens.list[at].word);
      stems.add(source_.tokens.list[at].root);
    }
  };
  for (std::uint32_t at = claim.tokens; at < claim.tokens_end; ++at) {
    const Token& token = response_.tokens.list[at];
    if (token.word != 0) {
      const lexicon::Word& word = token.lex();
      counts_.first_person += word.is(lexicon::k_first_person) ? 1 : 0;
      counts_.opinions += word.is(lexicon::k_opinion) ? 1 : 0;
      if (word.is(lexicon::k_strong)) {
        read_around();
        counts_.strong_new += keys.has(token.word) ? 0 : 1;
      }
    }
    if (token.root != 0 && lexicon::word_of(token.root).is(lexicon::k_negative_verb)) {
      read_around();
      counts_.negative_new += stems.has(token.root) ? 0 : 1;
    }
  }
}

}  // namespace paritas
