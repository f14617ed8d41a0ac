#include "verify/conflict.hpp"

#include <algorithm>
#include <string>

namespace paritas {
namespace {

constexpr std::uint32_t kOccurrences = 8;  // of a stop-like antonym whose next words are compared

std::uint64_t lexicon_bit(std::uint16_t number) { return std::uint64_t{1} << (number & 63); }

/// A set of words of the lexicon.
struct WordSet {
  std::uint64_t bits[lexicon::kWords / 64 + 1] = {};
  void add(std::uint16_t number) { bits[number / 64] |= lexicon_bit(number); }
  [[nodiscard]] bool has(std::uint16_t number) const { return (bits[number / 64] & lexicon_bit(number)) != 0; }
};

std::uint16_t lexicon_number(const Symbol& stem) { return stem.is_long() ? std::uint16_t{0} : lexicon::find(stem); }

/// A stem counts its characters, not its bytes, where a base needs three of them.
std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

bool affixed(const Symbol& stem) {
  if (stem.is_long()) return true;  // looked at in full
  const std::uint64_t length = stem.length();
  if (length >= 5 && (stem.low & 0xFFFF) == ('u' | 'n' << 8)) return true;
  if (length >= 6 && (stem.low & 0xFFFFFF) == ('n' | 'o' << 8 | 'n' << 16)) return true;
  if (length < 7) return false;
  char bytes[16];
  std::memcpy(bytes, &stem.low, 8);
  std::memcpy(bytes + 8, &stem.high, 8);
  return std::memcmp(bytes + length - 4, "less", 4) == 0;
}

Polarity::Polarity(const Analysis& claim, const Analysis& source, const SymbolTable& table, const LongWords& words,
                   bool affixed_source)
    : claim_(claim), source_(source), table_(table), words_(words), affixed_source_(affixed_source) {
  claim_at_.assign(table.size(), Mark{});
  source_at_.assign(table.size(), Mark{});
}

void Polarity::set_claim(const SentenceRange& sentence) {
  sentence_ = sentence;
  ++claim_round_;
  for (std::uint32_t i = sentence_.stems; i < sentence_.stems_end; ++i) {
    claim_at_[claim_.stems[i].stem] = {claim_round_, claim_.stems[i].token};
  }
}

bool Polarity::try_link(std::uint32_t stem, const Symbol& partner) {
  const std::uint32_t number = table_.find(partner);
  if (number == SymbolTable::kAbsent || !in_source(number) || in_claim(number)) return false;
  links_.push_back({stem, number});
  return true;
}

/// Links a stem of the claim that the source sentence lacks with its opposite, if that stands there.
void Polarity::link(std::uint32_t stem) {
  const Symbol& symbol = table_[stem];
  const std::uint16_t number = lexicon_number(symbol);
  const lexicon::Range opposed = lexicon::word_of(number).opposed;
  const bool has_affix = affixed(symbol);
  if (!has_affix && !affixed_source_ && opposed.count == 0) return;
  if (has_affix || affixed_source_) {
    const std::string word = words_.text(symbol);
    const std::size_t length = characters(word);
    for (const std::string_view prefix : {"un", "non"}) {
      const bool begins = word.compare(0, prefix.size(), prefix) == 0 && length >= prefix.size() + 3;
      if (begins && try_link(stem, words_.find(word.substr(prefix.size())))) return;
    }
    if (length >= 7 && word.compare(word.size() - 4, 4, "less") == 0 &&
        try_link(stem, words_.find(word.substr(0, word.size() - 4)))) {
      return;
    }
    if (length >= 3 && affixed_source_ &&
        (try_link(stem, words_.find("un" + word)) || try_link(stem, words_.find("non" + word)) ||
         try_link(stem, words_.find(word + "less")))) {
      return;
    }
  }
  for (const std::uint16_t partner : lexicon::partners(opposed)) {
    if (try_link(stem, lexicon::symbol_of(partner))) return;
  }
}

template <class Partner>
bool Polarity::touches(const Analysis& side, const CueWord& cue, std::uint32_t& stem, Partner linked) const {
  for (std::uint32_t i = 0; i < cue.scope_size; ++i) {
    const Token& token = side.tokens.list[side.scopes[cue.scope + i]];
    if (token.kind == TermKind::number) {
      stem = kNowhere;
      return true;
    }
    const std::uint32_t number = table_.find(token.stem);
    if (number == SymbolTable::kAbsent) continue;
    if ((in_claim(number) && in_source(number)) || linked(number)) {
      stem = number;
      return true;
    }
  }
  return false;
}

void Polarity::read_cues(const SentenceRange& source, std::vector<Evidence>& evidence) const {
  for (std::uint32_t i = sentence_.cues; i < sentence_.cues_end; ++i) {
    const CueWord& cue = claim_.cues[i];
    std::uint32_t stem = kNowhere, partner = kNowhere;
    const auto linked = [&](std::uint32_t number) {
      return std::any_of(links_.begin(), links_.end(), [&](const Link& link) { return link.claim == number; });
    };
    if (!touches(claim_, cue, stem, linked)) continue;
    if (stem != kNowhere) {
      partner = stem;
      for (const Link& link : links_) partner = link.claim == stem ? link.source : partner;
    }
    const std::uint32_t token = partner == kNowhere ? kNone : source_at_[partner].token;
    evidence.push_back({cue.first, cue.last, token, token + 1, PolarityKind::cue});
  }
  for (std::uint32_t i = source.cues; i < source.cues_end; ++i) {
    const CueWord& cue = source_.cues[i];
    std::uint32_t stem = kNowhere, partner = kNowhere;
    const auto linked = [&](std::uint32_t number) {
      return std::any_of(links_.begin(), links_.end(), [&](const Link& link) { return link.source == number; });
    };
    if (!touches(source_, cue, stem, linked)) continue;
    if (stem != kNowhere) {
      partner = stem;
      for (const Link& link : links_) partner = link.source == stem ? link.claim : partner;
    }
    const std::uint32_t token = partner == kNowhere ? kNone : claim_at_[partner].token;
    evidence.push_back({token, token + 1, cue.first, cue.last, PolarityKind::cue, true});
  }
}

bool Polarity::next_keys_meet(const SentenceRange& source, std::uint16_t word, std::uint16_t partner) const {
  Symbol after[kOccurrences];
  std::uint32_t count = 0, seen = 0;
  for (std::uint32_t i = sentence_.opposites; i < sentence_.opposites_end && seen < kOccurrences; ++i) {
    const std::uint32_t at = claim_.opposites[i];
    if (claim_.tokens.list[at].root != word) continue;
    ++seen;
    if (at + 1 < sentence_.tokens_end) after[count++] = claim_.tokens.list[at + 1].key;
  }
  seen = 0;
  for (std::uint32_t i = source.opposites; i < source.opposites_end && seen < kOccurrences; ++i) {
    const std::uint32_t at = source_.opposites[i];
    if (source_.tokens.list[at].root != partner) continue;
    ++seen;
    if (at + 1 < source.tokens_end &&
        std::find(after, after + count, source_.tokens.list[at + 1].key) != after + count) {
      return true;
    }
  }
  return false;
}

void Polarity::read_antonyms(const SentenceRange& source, std::vector<Evidence>& evidence) const {
  if (sentence_.opposites == sentence_.opposites_end || source.opposites == source.opposites_end) return;
  WordSet claimed, sourced, linked, done;
  for (std::uint32_t i = sentence_.opposites; i < sentence_.opposites_end; ++i) {
    claimed.add(claim_.tokens.list[claim_.opposites[i]].root);
  }
  for (std::uint32_t i = source.opposites; i < source.opposites_end; ++i) {
    sourced.add(source_.tokens.list[source_.opposites[i]].root);
  }
  for (const Link& link : links_) {
    for (const std::uint32_t stem : {link.claim, link.source}) {
      if (const std::uint16_t number = lexicon_number(table_[stem]); number != 0) linked.add(number);
    }
  }
  for (std::uint32_t i = sentence_.opposites; i < sentence_.opposites_end; ++i) {
    const std::uint32_t at = claim_.opposites[i];
    const std::uint16_t word = claim_.tokens.list[at].root;
    if (done.has(word) || sourced.has(word) || linked.has(word)) continue;
    done.add(word);
    for (const std::uint16_t partner : lexicon::partners(lexicon::word_of(word).antonyms)) {
      if (!sourced.has(partner) || claimed.has(partner) || linked.has(partner)) continue;
      const bool stop_like =
          lexicon::word_of(word).is(lexicon::k_stop_like) || lexicon::word_of(partner).is(lexicon::k_stop_like);
      if (stop_like && !next_keys_meet(source, word, partner)) continue;
      std::uint32_t place = source.opposites;
      while (source_.tokens.list[source_.opposites[place]].root != partner) ++place;
      const std::uint32_t token = source_.opposites[place];
      evidence.push_back({at, at + 1, token, token + 1, PolarityKind::antonym});
      break;
    }
  }
}

bool Polarity::conflict(std::uint32_t source_sentence, std::uint32_t matched, std::vector<Evidence>& evidence) {
  evidence.clear();
  const SentenceRange& source = source_.sentences[source_sentence];
  ++source_round_;
  std::uint32_t shared = 0;
  for (std::uint32_t i = source.stems; i < source.stems_end; ++i) {
    const StemPlace& place = source_.stems[i];
    source_at_[place.stem] = {source_round_, place.token};
    shared += in_claim(place.stem) ? 1 : 0;
  }
  links_.clear();
  for (std::uint32_t i = sentence_.stems; i < sentence_.stems_end; ++i) {
    const std::uint32_t stem = claim_.stems[i].stem;
    if (!in_source(stem)) link(stem);
  }
  const std::size_t common = std::size_t{shared} + matched + links_.size();
  if (common < 2 || 2 * common < std::min(sentence_.items(), source.items())) return false;
  read_cues(source, evidence);
  for (const Link& link : links_) {
    const std::uint32_t claim = claim_at_[link.claim].token, at = source_at_[link.source].token;
    evidence.push_back({claim, claim + 1, at, at + 1, PolarityKind::prefix});
  }
  if (shared + matched >= 2) read_antonyms(source, evidence);
  if (evidence.size() % 2 == 1) return true;
  evidence.clear();
  return false;
}

}  // namespace paritas
