#include "paritas/verify/signals.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/parallel.hpp"
#include "verify/conflict.hpp"
#include "verify/reading.hpp"

namespace paritas {
namespace {

/// What a signal reads of its texts.
enum Parts : unsigned { kNames = 1, kNumbers = 2, kStems = 4, kAll = 7 };

/// A claim and a source, read for what a signal asks.
class Pair {
 public:
  Pair(std::string_view claim, std::string_view source, unsigned parts)
      : source_(source), reading_(read_source(source_, parts), claim) {
    reading_.read();
    if ((parts & kNames) != 0) read_names();
    if ((parts & kNumbers) != 0) reading_.read_numbers();
    if ((parts & kStems) != 0) reading_.read_stems();
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

  [[nodiscard]] std::optional<bool> numerical_consistency() const {
    bool claimed = false, matched = true;
    for (const Compared& number : reading_.numbers()) {
      claimed = claimed || number.hard;
      matched = matched && (!number.hard || number.matched());
    }
    const AmountList& numbers = source_.analysis.numbers;
    const bool sourced =
        std::any_of(numbers.begin(), numbers.end(), [](const Amount& amount) { return amount.hard(); });
    return claimed && sourced ? std::optional<bool>(matched) : std::nullopt;
  }

  std::vector<NumberMatch> number_matches() const {
    std::vector<NumberMatch> out;
    const Analysis &claim = reading_.analysis(), &source = source_.analysis;
    for (std::size_t i = 0; i < claim.numbers.size(); ++i) {
      const Compared& number = reading_.numbers()[i];
      if (!number.hard) continue;
      const Amount& amount = claim.numbers[i];
      const std::uint32_t found = number.matched() ? reading_.matches(number)[0] : number.differs;
      NumberMatch match{claim.span(amount.first, amount.last), {}, NumberStatus::missing};
      if (found != kNone) {
        match.source_span = source.span(source.numbers[found].first, source.numbers[found].last);
        match.status = number.matched() ? NumberStatus::match : NumberStatus::differ;
      }
      out.push_back(match);
    }
    return out;
  }

  [[nodiscard]] double traceability() const {
    // Numbers up to `known` are the source's; the claim's own come behind, each once.
    const std::uint32_t known = reading_.known();
    std::size_t items = reading_.stems().size() - known, found = 0;
    InlineVector<bool, 128> seen;
    seen.assign(known, false);
    for (const StemPlace& place : reading_.analysis().stems) {
      if (place.stem < known && !seen[place.stem]) {
        seen[place.stem] = true;
        ++found;
      }
    }
    items += found;
    for (const Compared& number : reading_.numbers()) {
      items += number.hard ? 1 : 0;
      found += number.hard && number.matched() ? 1 : 0;
    }
    return items == 0 ? 1.0 : static_cast<double>(found) / static_cast<double>(items);
  }

  std::vector<Span> missing() const {
    std::vector<Span> out;
    if (reading_.stems().size() == reading_.known()) return out;
    const Analysis& claim = reading_.analysis();
    for (std::uint32_t at = 0; at < claim.tokens.list.size(); ++at) {
      if (claim.stem_at[at] != kNone && claim.stem_at[at] >= reading_.known()) out.push_back(claim.stem_span(at));
    }
    return out;
  }

  /// Whether a claim sentence conflicts with all its best source sentences; the reasons in `out`, if it is there.
  bool conflicts(std::vector<PolarityMatch>* out);

  std::optional<Span> best_source() {
    InlineVector<StemPlace, 64> stems;
    InlineVector<bool, 128> seen;
    seen.assign(reading_.stems().size(), false);
    for (const StemPlace& place : reading_.analysis().stems) {
      if (!seen[place.stem]) stems.push_back(place);
      seen[place.stem] = true;
    }
    reading_.align({stems.data(), stems.size()}, 0, static_cast<std::uint32_t>(reading_.numbers().size()), kWork,
                   best_);
    return best_.tied.empty() ? std::nullopt : std::optional<Span>(source_.analysis.spans[best_.tied[0]]);
  }

 private:
  static const SourceIndex& read_source(SourceIndex& source, unsigned parts) {
    source.read();
    if ((parts & kStems) != 0) {
      source.read_stems();
      const Analysis& analysis = source.analysis;
      if (std::max(analysis.stems.size(), analysis.sentences.size()) > kLeastWork) source.index_stems();
    }
    return source;
  }

  void read_names() {
    const Analysis &claim = reading_.analysis(), &source = source_.analysis;
    find_names(claim.text, claim.tokens, claim_list_);
    find_names(source.text, source.tokens, source_list_);
    unify(claim_list_, reading_.own_words(), claim_names_);
    unify(source_list_, reading_.own_words(), source_names_);
    drop_ordinary(claim.tokens, source.tokens, claim_names_, source_names_);
    claim_matched_ = match_names(claim_names_, source_names_);
  }

  SourceIndex source_;
  Reading reading_;
  NameList claim_list_, source_list_;
  UniqueNames claim_names_, source_names_;
  std::vector<bool> claim_matched_;
  Alignment best_;
};

bool Pair::conflicts(std::vector<PolarityMatch>* out) {
  const Analysis &claim = reading_.analysis(), &source = source_.analysis;
  const std::size_t share = std::max(kLeastWork, kWork / std::max<std::size_t>(1, claim.sentences.size()));
  Polarity polarity(claim, source, reading_.stems(), reading_.words(), source_.affixed);
  std::vector<Evidence> reasons, first_reasons;
  bool any = false;
  for (std::uint32_t at = 0; at < claim.sentences.size(); ++at) {
    const SentenceRange& sentence = claim.sentences[at];
    reading_.align({claim.stems.data() + sentence.stems, sentence.stems_end - sentence.stems}, sentence.numbers,
                   sentence.numbers_end, share, best_);
    if (best_.tied.empty()) continue;
    polarity.set_claim(sentence);
    bool all = true;
    std::size_t work = share;
    for (std::size_t i = 0; i < best_.tied.size(); ++i) {
      const std::uint32_t tied = best_.tied[i];
      all = polarity.conflict(tied, reading_.matched_in(sentence, tied), reasons);
      if (!all) break;
      if (i == 0 && out != nullptr) first_reasons = reasons;
      const std::size_t cost = std::size_t{sentence.length()} + source.sentences[tied].length();
      if (cost > work) break;
      work -= cost;
    }
    if (!all) continue;
    any = true;
    if (out == nullptr) return true;
    for (const Evidence& why : first_reasons) {
      out->push_back({why.claim == kNone ? claim.spans[at] : claim.span(why.claim, why.claim_last),
                      why.source == kNone ? source.spans[best_.tied[0]] : source.span(why.source, why.source_last),
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
  for (const Token& token : source_.analysis.tokens.list) {
    if (!token.is_word()) continue;
    const std::uint32_t number = wanted.find(token.key);
    if (number != SymbolTable::kAbsent) there[number] = true;
  }
  SymbolTable acronyms(16);
  for (std::size_t i = 0; i < claim_matched_.size(); ++i) {
    const UniqueName& name = claim_names_.names[i];
    if (!claim_matched_[i] && name.acronym) acronyms.insert(claim_names_.keys[name.set]);
  }
  const std::vector<bool> spelled = spelled_out(source_.analysis.tokens, reading_.words(), acronyms);
  for (std::size_t i = 0; i < claim_matched_.size(); ++i) {
    if (claim_matched_[i]) continue;
    const UniqueName& name = claim_names_.names[i];
    const auto keys = claim_names_.set_of(name);
    const bool by_words =
        std::all_of(keys.begin(), keys.end(), [&](const Symbol& key) { return there[wanted.find(key)]; });
    if (by_words || (name.acronym && spelled[acronyms.find(keys[0])])) continue;
    const Name& first = claim_list_.names[name.name];
    out.push_back(reading_.analysis().span(first.first, first.last));
  }
  return out;
}

}  // namespace

double entity_overlap(std::string_view text_a, std::string_view text_b) {
  const Pair pair(text_a, text_b, kNames);
  return pair.entity_overlap();
}

std::optional<bool> numerical_consistency(std::string_view claim, std::string_view source) {
  const Pair pair(claim, source, kNumbers);
  return pair.numerical_consistency();
}

bool negation_flip(std::string_view claim, std::string_view source) {
  Pair pair(claim, source, kNumbers | kStems);
  return pair.conflicts(nullptr);
}

double traceability(std::string_view claim, std::string_view source) {
  Pair pair(claim, source, kNumbers | kStems);
  return pair.traceability();
}

Signals signals(std::string_view claim, std::string_view source) {
  Pair pair(claim, source, kAll);
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
      Pair pair(claims[i], sources[sources.size() == 1 ? 0 : i], kAll);
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
