#include "verify/source_index.hpp"

#include "verify/conflict.hpp"

namespace paritas {
namespace {

constexpr std::size_t kFewNames = 64;  // up to here each is looked at

}  // namespace

void SourceIndex::read() {
  analysis.read(words);
  analysis.read_polarity();
}

void SourceIndex::read_names() {
  find_names(analysis.text, analysis.tokens, analysis.names);
  unify(analysis.names, words, names);
  find_ordinary(names, analysis.tokens, ordinary);
  if (names.names.size() > kFewNames) name_index = std::make_unique<NameIndex>(names);
}

void SourceIndex::read_stems() {
  analysis.read_stems(words, stems);
  for (std::uint32_t stem = 0; stem < stems.size(); ++stem) affixed = affixed || paritas::affixed(stems[stem]);
}

void SourceIndex::index_stems() {
  places_start_.assign(std::size_t{stems.size()} + 1, 0);
  for (const StemPlace& place : analysis.stems) ++places_start_[place.stem + 1];
  for (std::size_t i = 1; i < places_start_.size(); ++i) places_start_[i] += places_start_[i - 1];
  places_.resize(analysis.stems.size());
  std::vector<std::uint32_t> next(places_start_.begin(), places_start_.end() - 1);
  for (std::uint32_t sentence = 0; sentence < analysis.sentences.size(); ++sentence) {
    const SentenceRange& range = analysis.sentences[sentence];
    for (std::uint32_t i = range.stems; i < range.stems_end; ++i) places_[next[analysis.stems[i].stem]++] = sentence;
  }
}

void SourceIndex::index_words() {
  for (const Token& token : analysis.tokens.list) {
    if (token.is_word()) keys.insert(token.key);
  }
}

}  // namespace paritas
