#include "paritas/verify/signals.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/parallel.hpp"
#include "verify/analysis.hpp"
#include "verify/compare.hpp"
#include "verify/conflict.hpp"

namespace paritas {
namespace {

constexpr std::size_t kWork = std::size_t{1} << 24;       // look-ups and comparisons that all claim sentences share
constexpr std::size_t kLeastWork = std::size_t{1} << 10;  // what each of them may do however many there are

/// A claim and a source, read for what a signal asks.
class Pair {
 public:
  Pair(std::string_view claim, std::string_view source) : claim_(claim), source_(source) {
    source_.read(words_);
    claim_.read(words_);
  }

  void read_polarity() {
    source_.read_polarity();
    claim_.read_polarity();
  }

  void read_stems() {
    source_.read_stems(words_, table_);
    known_ = table_.size();
    claim_.read_stems(words_, table_);
  }

  // Entities.

  void read_names() {
    find_names(claim_.text, claim_.tokens, claim_.names);
    find_names(source_.text, source_.tokens, source_.names);
    unify(claim_.names, words_, claim_names_);
    unify(source_.names, words_, source_names_);
    drop_ordinary(claim_.tokens, source_.tokens, claim_names_, source_names_);
    claim_matched_ = match_names(claim_names_, source_names_);
  }

  [[nodiscard]] double entity_overlap() const {
    const std::size_t all = claim_names_.names.size() + source_names_.names.size();
    if (all == 0) return 1.0;
    if (claim_names_.names.empty() || source_names_.names.empty()) return 0.0;
    const std::vector<bool> back = match_names(source_names_, claim_names_);
    const auto matched = static_cast<std::size_t>(std::count(claim_matched_.begin(), claim_matched_.end(), true) +
                                                  std::count(back.begin(), back.end(), true));
    return static_cast<double>(matched) / static_cast<double>(2 * all - matched);
  }

  std::vector<Span> novel_entities() const;

  // Numbers.

  void read_numbers() {
    std::size_t hard = 0;
    for (const Amount& amount : claim_.numbers) hard += amount.hard() ? 1 : 0;
    const Comparer comparer(source_.numbers, hard);
    for (std::uint32_t i = 0; i < claim_.numbers.size(); ++i) {
      Compared compared{static_cast<std::uint32_t>(matches_.size()), 0, kNone, claim_.numbers[i].hard()};
      if (compared.hard) compared.differs = comparer.results(claim_.numbers[i], matches_);
      compared.matches_end = static_cast<std::uint32_t>(matches_.size());
      compared_.push_back(compared);
    }
  }

  [[nodiscard]] std::optional<bool> numerical_consistency() const {
    bool claimed = false, matched = true;
    for (const Compared& number : compared_) {
      claimed = claimed || number.hard;
      matched = matched && (!number.hard || number.matched());
    }
    const bool sourced =
        std::any_of(source_.numbers.begin(), source_.numbers.end(), [](const Amount& amount) { return amount.hard(); });
    return claimed && sourced ? std::optional<bool>(matched) : std::nullopt;
  }

  std::vector<NumberMatch> number_matches() const {
    std::vector<NumberMatch> out;
    for (std::size_t i = 0; i < compared_.size(); ++i) {
      const Compared& number = compared_[i];
      if (!number.hard) continue;
      const Amount& amount = claim_.numbers[i];
      const std::uint32_t found = number.matched() ? matches_[number.matches] : number.differs;
      NumberMatch match{claim_.span(amount.first, amount.last), {}, NumberStatus::missing};
      if (found != kNone) {
        match.source_span = source_.span(source_.numbers[found].first, source_.numbers[found].last);
        match.status = number.matched() ? NumberStatus::match : NumberStatus::differ;
      }
      out.push_back(match);
    }
    return out;
  }

  // Stems.

  [[nodiscard]] double traceability() const {
    // Numbers up to `known_` are the source's; the claim's own come behind, each once.
    std::size_t items = table_.size() - known_, found = 0;
    InlineVector<bool, 128> seen;
    seen.assign(known_, false);
    for (const StemPlace& place : claim_.stems) {
      if (place.stem < known_ && !seen[place.stem]) {
        seen[place.stem] = true;
        ++found;
      }
    }
    items += found;
    for (const Compared& number : compared_) {
      items += number.hard ? 1 : 0;
      found += number.hard && number.matched() ? 1 : 0;
    }
    return items == 0 ? 1.0 : static_cast<double>(found) / static_cast<double>(items);
  }

  std::vector<Span> missing() {
    std::vector<Span> out;
    if (table_.size() == known_) return out;
    for (std::uint32_t at = 0; at < claim_.tokens.list.size(); ++at) {
      const Symbol stem = content_stem(claim_.tokens.list, at, words_);
      if (!stem.empty() && table_.find(stem) >= known_) out.push_back(claim_.stem_span(at));
    }
    return out;
  }

  // Polarity.

  /// Whether a claim sentence conflicts with all its best source sentences; the reasons in `out`, if it is there.
  bool conflicts(std::vector<PolarityMatch>* out);

  std::optional<Span> best_source() {
    InlineVector<StemPlace, 64> stems;
    InlineVector<bool, 128> seen;
    seen.assign(table_.size(), false);
    for (const StemPlace& place : claim_.stems) {
      if (!seen[place.stem]) stems.push_back(place);
      seen[place.stem] = true;
    }
    align({stems.data(), stems.size()}, 0, static_cast<std::uint32_t>(compared_.size()), kWork);
    best_first();
    return tied_.empty() ? std::nullopt : std::optional<Span>(source_.spans[tied_[0]]);
  }

 private:
  struct Compared {
    std::uint32_t matches, matches_end;  // in matches_
    std::uint32_t differs;
    bool hard;
    [[nodiscard]] bool matched() const { return matches != matches_end; }
  };

  [[nodiscard]] std::uint32_t sentence_of(std::uint32_t number) const {
    return source_.tokens.list[source_.numbers[number].first].sentence;
  }
  void index_source();
  void align(std::span<const StemPlace> stems, std::uint32_t numbers, std::uint32_t numbers_end, std::size_t work);
  void count_at(std::uint32_t sentence) {
    if (counts_[sentence]++ == 0) touched_.push_back(sentence);
  }
  void best_first();
  [[nodiscard]] std::uint32_t matched_in(const SentenceRange& claim, std::uint32_t source) const;

  LongWords words_;
  SymbolTable table_;
  std::uint32_t known_ = 0;  // stems of the source
  Analysis claim_, source_;
  UniqueNames claim_names_, source_names_;
  std::vector<bool> claim_matched_;
  InlineVector<Compared, 8> compared_;
  InlineVector<std::uint32_t, 16> matches_;
  // Alignment: how much each source sentence shares with what is compared.
  IndexList counts_, touched_, tied_;
  InlineVector<bool, 128> wanted_;
  std::vector<std::uint32_t> places_, places_start_;  // source sentences by stem, made when the source is long
};

void Pair::index_source() {
  counts_.assign(source_.sentences.size(), 0);
  wanted_.assign(table_.size(), false);
  if (source_.stems.size() <= kLeastWork && source_.sentences.size() <= kLeastWork) return;
  places_start_.assign(std::size_t{known_} + 1, 0);
  for (const StemPlace& place : source_.stems) ++places_start_[place.stem + 1];
  for (std::size_t i = 1; i < places_start_.size(); ++i) places_start_[i] += places_start_[i - 1];
  places_.resize(source_.stems.size());
  std::vector<std::uint32_t> next(places_start_.begin(), places_start_.end() - 1);
  for (std::uint32_t sentence = 0; sentence < source_.sentences.size(); ++sentence) {
    const SentenceRange& range = source_.sentences[sentence];
    for (std::uint32_t i = range.stems; i < range.stems_end; ++i) places_[next[source_.stems[i].stem]++] = sentence;
  }
}

/// Counts for each source sentence how many of these stems and numbers it has: the rarest stems first while work lasts.
void Pair::align(std::span<const StemPlace> stems, std::uint32_t numbers, std::uint32_t numbers_end, std::size_t work) {
  if (counts_.size() != source_.sentences.size() || wanted_.size() != table_.size()) index_source();
  for (const std::uint32_t sentence : touched_) counts_[sentence] = 0;
  touched_.clear();
  if (places_start_.empty()) {  // a short source: all of it costs less than the least work
    for (const StemPlace& place : stems) wanted_[place.stem] = true;
    for (std::uint32_t sentence = 0; sentence < source_.sentences.size(); ++sentence) {
      const SentenceRange& range = source_.sentences[sentence];
      for (std::uint32_t i = range.stems; i < range.stems_end; ++i) {
        if (wanted_[source_.stems[i].stem]) count_at(sentence);
      }
    }
    for (const StemPlace& place : stems) wanted_[place.stem] = false;
  } else {
    std::vector<std::uint32_t> known;
    for (const StemPlace& place : stems) {
      if (place.stem < known_) known.push_back(place.stem);
    }
    const auto frequency = [&](std::uint32_t stem) { return places_start_[stem + 1] - places_start_[stem]; };
    // The rarest first, equal ones as they stand: the position decides.
    std::vector<std::uint64_t> order;
    for (std::uint32_t i = 0; i < known.size(); ++i) order.push_back(std::uint64_t{frequency(known[i])} << 32 | i);
    std::sort(order.begin(), order.end());
    for (const std::uint64_t key : order) {
      const std::uint32_t stem = known[static_cast<std::uint32_t>(key)];
      if (frequency(stem) > work) break;
      work -= frequency(stem);
      for (std::uint32_t i = places_start_[stem]; i < places_start_[stem + 1]; ++i) count_at(places_[i]);
    }
  }
  for (std::uint32_t number = numbers; number < numbers_end; ++number) {
    std::uint32_t last = kNone;  // matches are in order, so a sentence's stand together
    for (std::uint32_t i = compared_[number].matches; i < compared_[number].matches_end; ++i) {
      const std::uint32_t sentence = sentence_of(matches_[i]);
      if (sentence != last) count_at(sentence);
      last = sentence;
    }
  }
}

/// The source sentences of the highest count into tied_: fewer items first, then the lower index.
void Pair::best_first() {
  tied_.clear();
  std::uint32_t top = 0;
  for (const std::uint32_t sentence : touched_) top = std::max(top, counts_[sentence]);
  for (const std::uint32_t sentence : touched_) {
    if (counts_[sentence] == top) tied_.push_back(sentence);
  }
  if (tied_.size() < 2) return;
  std::sort(tied_.begin(), tied_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::uint32_t left = source_.sentences[a].items(), right = source_.sentences[b].items();
    return left != right ? left < right : a < b;
  });
}

std::uint32_t Pair::matched_in(const SentenceRange& claim, std::uint32_t source) const {
  std::uint32_t matched = 0;
  for (std::uint32_t number = claim.numbers; number < claim.numbers_end; ++number) {
    const Compared& compared = compared_[number];
    // The matches are in order of their sentences.
    std::uint32_t low = compared.matches, high = compared.matches_end;
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      if (sentence_of(matches_[middle]) < source) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    matched += low < compared.matches_end && sentence_of(matches_[low]) == source ? 1 : 0;
  }
  return matched;
}

bool Pair::conflicts(std::vector<PolarityMatch>* out) {
  const std::size_t share = std::max(kLeastWork, kWork / std::max<std::size_t>(1, claim_.sentences.size()));
  Polarity polarity(claim_, source_, table_, words_);
  std::vector<Evidence> reasons, first_reasons;
  bool any = false;
  for (std::uint32_t at = 0; at < claim_.sentences.size(); ++at) {
    const SentenceRange& sentence = claim_.sentences[at];
    align({claim_.stems.data() + sentence.stems, sentence.stems_end - sentence.stems}, sentence.numbers,
          sentence.numbers_end, share);
    best_first();
    if (tied_.empty()) continue;
    polarity.set_claim(at);
    bool all = true;
    std::size_t work = share;
    for (std::size_t i = 0; i < tied_.size(); ++i) {
      const std::uint32_t source = tied_[i];
      all = polarity.conflict(source, matched_in(sentence, source), reasons);
      if (!all) break;
      if (i == 0 && out != nullptr) first_reasons = reasons;
      const std::size_t cost = std::size_t{sentence.length()} + source_.sentences[source].length();
      if (cost > work) break;
      work -= cost;
    }
    if (!all) continue;
    any = true;
    if (out == nullptr) return true;
    for (const Evidence& why : first_reasons) {
      out->push_back({why.claim == kNone ? claim_.spans[at] : claim_.span(why.claim, why.claim_last),
                      why.source == kNone ? source_.spans[tied_[0]] : source_.span(why.source, why.source_last),
                      why.kind});
    }
  }
  return any;
}

std::vector<Span> Pair::novel_entities() const {
  std::vector<Span> out;
  // What the source's entities do not match may still stand there word by word, or spelled out.
  SymbolTable wanted(16);
  for (std::size_t i = 0; i < claim_matched_.size(); ++i) {
    if (claim_matched_[i]) continue;
    for (const Symbol& key : claim_names_.set_of(claim_names_.names[i])) wanted.insert(key);
  }
  if (wanted.size() == 0) return out;
  InlineVector<bool, 64> there;
  there.assign(wanted.size(), false);
  for (const Token& token : source_.tokens.list) {
    if (!token.is_word()) continue;
    const std::uint32_t number = wanted.find(token.key);
    if (number != SymbolTable::kAbsent) there[number] = true;
  }
  SymbolTable acronyms(16);
  for (std::size_t i = 0; i < claim_matched_.size(); ++i) {
    const UniqueName& name = claim_names_.names[i];
    if (!claim_matched_[i] && name.acronym) acronyms.insert(claim_names_.keys[name.set]);
  }
  const std::vector<bool> spelled = spelled_out(source_.tokens, words_, acronyms);
  for (std::size_t i = 0; i < claim_matched_.size(); ++i) {
    if (claim_matched_[i]) continue;
    const UniqueName& name = claim_names_.names[i];
    const auto keys = claim_names_.set_of(name);
    const bool by_words =
        std::all_of(keys.begin(), keys.end(), [&](const Symbol& key) { return there[wanted.find(key)]; });
    if (by_words || (name.acronym && spelled[acronyms.find(keys[0])])) continue;
    const Name& first = claim_.names.names[name.name];
    out.push_back(claim_.span(first.first, first.last));
  }
  return out;
}

}  // namespace

double entity_overlap(std::string_view text_a, std::string_view text_b) {
  Pair pair(text_a, text_b);
  pair.read_polarity();
  pair.read_names();
  return pair.entity_overlap();
}

std::optional<bool> numerical_consistency(std::string_view claim, std::string_view source) {
  Pair pair(claim, source);
  pair.read_polarity();
  pair.read_numbers();
  return pair.numerical_consistency();
}

bool negation_flip(std::string_view claim, std::string_view source) {
  Pair pair(claim, source);
  pair.read_polarity();
  pair.read_numbers();
  pair.read_stems();
  return pair.conflicts(nullptr);
}

double traceability(std::string_view claim, std::string_view source) {
  Pair pair(claim, source);
  pair.read_polarity();
  pair.read_numbers();
  pair.read_stems();
  return pair.traceability();
}

Signals signals(std::string_view claim, std::string_view source) {
  Pair pair(claim, source);
  pair.read_polarity();
  pair.read_names();
  pair.read_numbers();
  pair.read_stems();
  Signals out{};
  out.entity_overlap = pair.entity_overlap();
  out.numerical_consistency = pair.numerical_consistency();
  out.negation_flip = pair.conflicts(&out.polarity);
  out.traceability = pair.traceability();
  out.novel_entities = pair.novel_entities();
  out.numbers = pair.number_matches();
  out.missing = pair.missing();
  out.best_source = pair.best_source();
  return out;
}

Result<SignalsBatch> signals_batch(std::span<const std::string_view> claims, std::span<const std::string_view> sources,
                                   std::int32_t threads) {
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  if (sources.size() != claims.size() && sources.size() != 1) {
    return Error{ErrorCode::length_mismatch,
                 "sources must be as many as claims, or one for all: " + std::to_string(sources.size()) + " for " +
                     std::to_string(claims.size())};
  }
  const std::size_t count = claims.size();
  SignalsBatch out{std::vector<double>(count), std::vector<std::int8_t>(count), std::vector<std::uint8_t>(count),
                   std::vector<double>(count)};
  parallel_for(count, static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Pair pair(claims[i], sources[sources.size() == 1 ? 0 : i]);
      pair.read_polarity();
      pair.read_names();
      pair.read_numbers();
      pair.read_stems();
      const std::optional<bool> consistent = pair.numerical_consistency();
      out.entity_overlap[i] = pair.entity_overlap();
      out.numerical_consistency[i] = static_cast<std::int8_t>(consistent ? (*consistent ? 1 : 0) : -1);
      out.negation_flip[i] = pair.conflicts(nullptr) ? 1 : 0;
      out.traceability[i] = pair.traceability();
    }
  });
  return out;
}

std::string_view name(NumberStatus status) noexcept {
  return status == NumberStatus::match ? "match" : status == NumberStatus::differ ? "differ" : "missing";
}

std::string_view name(PolarityKind kind) noexcept {
  return kind == PolarityKind::cue ? "cue" : kind == PolarityKind::prefix ? "prefix" : "antonym";
}

}  // namespace paritas
