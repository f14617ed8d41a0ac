#include "verify/reading.hpp"

namespace paritas {

void Reading::read() {
  analysis_.read(words_);
  analysis_.read_polarity();
}

void Reading::read_names() {
  find_names(analysis_.text, analysis_.tokens, analysis_.names);
  unify(analysis_.names, words_, unique_, &owners_);
  found_.assign(unique_.names.size(), false);
  for (std::size_t i = 0; i < found_.size(); ++i) found_[i] = matches_name(unique_.names[i]);
  // What no entity of the source matches may still stand there word by word, or spelled out.
  SymbolTable wanted(16);
  std::uint64_t filter = 0;
  for (std::size_t i = 0; i < found_.size(); ++i) {
    if (found_[i]) continue;
    filter |= unique_.names[i].filter;
    if (source_.words_indexed()) continue;
    for (const Symbol& key : unique_.set_of(unique_.names[i])) wanted.insert(key);
  }
  if (filter == 0) return;
  InlineVector<bool, 64> there;
  there.assign(wanted.size(), false);
  if (!source_.words_indexed()) {
    for (const Token& token : source_.analysis.tokens.list) {
      if (!token.is_word() || (filter & filter_bit(token.key)) == 0) continue;
      const std::uint32_t number = wanted.find(token.key);
      if (number != SymbolTable::kAbsent) there[number] = true;
    }
  }
  const auto stands = [&](const Symbol& key) {
    return source_.words_indexed() ? source_.keys.find(key) != SymbolTable::kAbsent : there[wanted.find(key)];
  };
  SymbolTable acronyms(16);
  for (std::size_t i = 0; i < found_.size(); ++i) {
    if (found_[i]) continue;
    const auto keys = unique_.set_of(unique_.names[i]);
    found_[i] = std::all_of(keys.begin(), keys.end(), stands);
    if (!found_[i] && unique_.names[i].acronym) acronyms.insert(keys[0]);
  }
  if (acronyms.size() == 0) return;
  const std::vector<bool> spelled = spelled_out(source_.analysis.tokens, words_, acronyms);
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const UniqueName& name = unique_.names[i];
    if (!found_[i] && name.acronym) found_[i] = spelled[acronyms.find(unique_.keys[name.set])];
  }
}

/// Whether one of the source's entities that `counts` matches.
template <class Counts>
bool Reading::matches_one(const UniqueName& name, Counts counts) const {
  if (source_.name_index != nullptr) return source_.name_index->matches(unique_, name, counts);
  for (std::uint32_t i = 0; i < source_.names.names.size(); ++i) {
    if (names_match(unique_, name, source_.names, source_.names.names[i]) && counts(i)) return true;
  }
  return false;
}

bool Reading::matches_name(const UniqueName& name) {
  // A weak entity that is an ordinary word in either text does not count.
  return matches_one(name, [&](std::uint32_t i) {
    const UniqueName& other = source_.names.names[i];
    return other.strong || !(source_.ordinary[i] || lower_case_.has(source_.names.keys[other.set]));
  });
}

bool Reading::strong_in_source(std::size_t name) const {
  return matches_one(unique_.names[owners_[name]], [&](std::uint32_t i) { return source_.names.names[i].strong; });
}

void Reading::read_numbers() {
  std::size_t hard = 0;
  for (const Amount& amount : analysis_.numbers) hard += amount.hard() ? 1 : 0;
  const Comparer comparer(source_.analysis.numbers, hard);
  for (const Amount& amount : analysis_.numbers) {
    Compared compared{static_cast<std::uint32_t>(matches_.size()), 0, kNone, amount.hard()};
    if (compared.hard) compared.differs = comparer.results(amount, matches_);
    compared.matches_end = static_cast<std::uint32_t>(matches_.size());
    compared_.push_back(compared);
  }
}

void Reading::read_stems() { analysis_.read_stems(words_, stems_); }

void Reading::read_claims(bool atomic) {
  find_claims(analysis_, words_, atomic, claims_);
  for (const ClaimRange& claim : claims_) {
    const SentenceRange sentence = analysis_.sentences[claim.sentence];
    units_.push_back(claim.is_atomic ? analysis_.read_part(sentence, claim.first, claim.last) : sentence);
  }
}

bool Reading::matched_in(const Compared& number, std::uint32_t sentence) const {
  // The matches are in order of their sentences.
  std::uint32_t low = number.matches, high = number.matches_end;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (source_.sentence_of(matches_[middle]) < sentence) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < number.matches_end && source_.sentence_of(matches_[low]) == sentence;
}

std::uint32_t Reading::matched_in(const SentenceRange& unit, std::uint32_t sentence) const {
  std::uint32_t matched = 0;
  for (std::uint32_t i = unit.numbers; i < unit.numbers_end; ++i) matched += matched_in(compared_[i], sentence) ? 1 : 0;
  return matched;
}

void Reading::align(const SentenceRange& unit, std::size_t most, std::size_t work, Alignment& out) const {
  align({analysis_.stems.data() + unit.stems, unit.stems_end - unit.stems}, unit.numbers, unit.numbers_end, work, out);
  rank(most, out);
}

void Reading::align(std::span<const StemPlace> stems, std::uint32_t numbers, std::uint32_t numbers_end,
                    std::size_t work, Alignment& out) const {
  const Analysis& source = source_.analysis;
  if (out.counts.size() != source.sentences.size()) out.counts.assign(source.sentences.size(), 0);
  for (const std::uint32_t sentence : out.touched) out.counts[sentence] = 0;
  out.touched.clear();
  const auto count_at = [&](std::uint32_t sentence) {
    if (out.counts[sentence]++ == 0) out.touched.push_back(sentence);
  };
  const std::uint32_t known = this->known();
  if (!source_.indexed()) {  // a short source: all of it costs less than the least work
    InlineVector<bool, 128> wanted;
    wanted.assign(known, false);
    for (const StemPlace& place : stems) {
      if (place.stem < known) wanted[place.stem] = true;
    }
    for (std::uint32_t sentence = 0; sentence < source.sentences.size(); ++sentence) {
      const SentenceRange& range = source.sentences[sentence];
      for (std::uint32_t i = range.stems; i < range.stems_end; ++i) {
        if (wanted[source.stems[i].stem]) count_at(sentence);
      }
    }
  } else {
    std::size_t all = 0;
    for (const StemPlace& place : stems) all += place.stem < known ? source_.sentence_count(place.stem) : 0;
    if (all <= work) {
      for (const StemPlace& place : stems) {
        if (place.stem >= known) continue;
        for (const std::uint32_t sentence : source_.sentences_of(place.stem)) count_at(sentence);
      }
    } else {
      // The rarest first, equal ones as they stand: the position decides.
      std::vector<std::uint64_t> order;
      for (std::uint32_t i = 0; i < stems.size(); ++i) {
        if (stems[i].stem < known) order.push_back(std::uint64_t{source_.sentence_count(stems[i].stem)} << 32 | i);
      }
      std::sort(order.begin(), order.end());
      for (const std::uint64_t key : order) {
        if (key >> 32 > work) break;
        work -= key >> 32;
        for (const std::uint32_t sentence : source_.sentences_of(stems[static_cast<std::uint32_t>(key)].stem)) {
          count_at(sentence);
        }
      }
    }
  }
  for (std::uint32_t number = numbers; number < numbers_end; ++number) {
    std::uint32_t last = kNone;  // matches are in order, so a sentence's stand together
    for (const std::uint32_t match : matches(compared_[number])) {
      const std::uint32_t sentence = source_.sentence_of(match);
      if (sentence != last) count_at(sentence);
      last = sentence;
    }
  }
  rank(0, out);
}

void Reading::rank(std::size_t most, Alignment& out) const {
  const InlineVector<SentenceRange, 16>& sentences = source_.analysis.sentences;
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    if (out.counts[a] != out.counts[b]) return out.counts[a] > out.counts[b];
    const std::uint32_t left = sentences[a].items(), right = sentences[b].items();
    return left != right ? left < right : a < b;
  };
  if (most == 0) {
    out.tied.clear();
    out.ranked.clear();
    std::uint32_t top = 0;
    for (const std::uint32_t sentence : out.touched) top = std::max(top, out.counts[sentence]);
    for (const std::uint32_t sentence : out.touched) {
      if (out.counts[sentence] == top) out.tied.push_back(sentence);
    }
    if (out.tied.size() > 1) std::sort(out.tied.begin(), out.tied.end(), before);
    return;
  }
  // The best so far, in order: a new one goes in where it belongs.
  for (const std::uint32_t sentence : out.touched) {
    if (out.ranked.size() == most && !before(sentence, out.ranked.back())) continue;
    if (out.ranked.size() < most) out.ranked.push_back(sentence);
    std::size_t at = out.ranked.size() - 1;
    for (; at > 0 && before(sentence, out.ranked[at - 1]); --at) out.ranked[at] = out.ranked[at - 1];
    out.ranked[at] = sentence;
  }
}

}  // namespace paritas
