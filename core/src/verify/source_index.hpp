#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "verify/analysis.hpp"

namespace paritas {

/// A source, read once: what every reading of a response looks at. Its phases are run in the order of the functions, those
/// that are wanted; then it never changes, and any number of threads may read it.
class SourceIndex {
 public:
  explicit SourceIndex(std::string_view text) : analysis(text) {}

  /// Terms, sentences, numbers and cues.
  void read();
  /// Entities.
  void read_names();
  /// Content stems, numbered from 0 in order of first occurrence, and the sentences that have them.
  void read_stems();
  /// The sentences of each stem, which a short source does without, unless it serves many responses.
  void index_stems();
  /// The words, so that a name is looked up without a walk through the source.
  void index_words();

  /// The sentences that have a stem, in order; after index_stems().
  [[nodiscard]] std::span<const std::uint32_t> sentences_of(std::uint32_t stem) const {
    return {places_.data() + places_start_[stem], places_start_[stem + 1] - places_start_[stem]};
  }
  [[nodiscard]] std::uint32_t sentence_count(std::uint32_t stem) const {
    return places_start_[stem + 1] - places_start_[stem];
  }
  [[nodiscard]] bool indexed() const { return !places_start_.empty(); }
  [[nodiscard]] bool words_indexed() const { return keys.size() != 0; }

  /// Where a number of the source stands.
  [[nodiscard]] std::uint32_t sentence_of(std::uint32_t number) const {
    return analysis.tokens.list[analysis.numbers[number].first].sentence;
  }

  LongWords words;
  SymbolTable stems;  // the content stems
  Analysis analysis;
  UniqueNames names;
  InlineVector<bool, 8> ordinary;  // by unique name: weak, and all its words stand in the source without a capital too
  std::unique_ptr<NameIndex> name_index;  // of many names
  bool affixed = false;                   // some stem begins with un or non, or ends in less
  SymbolTable keys{16};                   // of all words; after index_words()

 private:
  std::vector<std::uint32_t> places_, places_start_;
};

}  // namespace paritas
