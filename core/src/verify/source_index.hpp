#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
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
  /// The sentences of each stem and where it stands in them, which a short source does without, unless it serves many
  /// responses; and the tokens in scopes of cues.
  void index_stems();
  /// What the rules look up: passages, whole sentences, names by unique name; after read_stems() and read_names().
  void index_rules(std::span<const Span> passages);
  /// The words, so that a name is looked up without a walk through the source.
  void index_words();

  /// The sentences that have a stem, in order; after index_stems().
  [[nodiscard]] std::span<const std::uint32_t> sentences_of(std::uint32_t stem) const {
    return {places_.data() + places_start_[stem], places_start_[stem + 1] - places_start_[stem]};
  }
  [[nodiscard]] std::uint32_t sentence_count(std::uint32_t stem) const {
    return places_start_[stem + 1] - places_start_[stem];
  }
  /// Where the i-th of these sentences first has it.
  [[nodiscard]] std::uint32_t first_token(std::uint32_t stem, std::size_t i) const {
    return first_tokens_[places_start_[stem] + i];
  }
  /// Whether a token is in the scope of a cue; after index_stems().
  [[nodiscard]] bool negated(std::uint32_t token) const { return negated_[token]; }
  [[nodiscard]] bool indexed() const { return !places_start_.empty(); }
  [[nodiscard]] bool words_indexed() const { return keys.size() != 0; }

  /// Whether a sentence has a stem; after index_stems().
  [[nodiscard]] bool has(std::uint32_t sentence, std::uint32_t stem) const;
  /// The passage of a sentence, and where that starts in the text.
  [[nodiscard]] std::uint32_t passage_of(std::uint32_t sentence) const {
    return passage_of_.empty() ? 0 : passage_of_[sentence];
  }
  /// A span of a sentence as it counts in its passage.
  [[nodiscard]] Span locate(std::uint32_t sentence, Span span) const;
  /// The names [first, second) of a sentence.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> names_of(std::uint32_t sentence) const;
  /// The first sentence with these words and so many negations, or kNone; the words are tokens [first, last) of a text.
  [[nodiscard]] std::uint32_t find_whole(const Analysis& text, std::uint32_t first, std::uint32_t last,
                                         std::uint32_t cues) const;

  /// Where a number of the source stands.
  [[nodiscard]] std::uint32_t sentence_of(std::uint32_t number) const {
    return analysis.tokens.list[analysis.numbers[number].first].sentence;
  }

  LongWords words;
  SymbolTable stems;  // the content stems
  Analysis analysis;
  UniqueNames names;
  InlineVector<std::uint32_t, 8> owners;  // by name of the text: its unique name
  InlineVector<bool, 8> ordinary;  // by unique name: weak, and all its words stand in the source without a capital too
  std::unique_ptr<NameIndex> name_index;  // of many names
  bool affixed = false;                   // some stem begins with un or non, or ends in less
  SymbolTable keys{16};                   // of all words; after index_words()
  std::vector<Span> passages;             // in the text
  IndexList shortest;                     // the sentences with the fewest items, for claims that share nothing with any
  bool has_hard = false;                  // some number is

 private:
  std::vector<std::uint32_t> places_, places_start_, first_tokens_;
  std::vector<bool> negated_;
  std::vector<std::uint32_t> passage_of_;  // by sentence; empty for one passage
  std::vector<std::uint32_t> whole_;       // sentences by the hash of their words
  std::vector<std::uint64_t> hashes_;      // by sentence
};

/// Whether a token counts when sentences are compared word by word: no marks but the signs that mean something.
bool in_sequence(const Token& token);

}  // namespace paritas
