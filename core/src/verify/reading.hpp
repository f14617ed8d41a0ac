#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "verify/claims.hpp"
#include "verify/compare.hpp"
#include "verify/source_index.hpp"

namespace paritas {

inline constexpr std::size_t kWork = std::size_t{1} << 24;       // look-ups and comparisons that all claims share
inline constexpr std::size_t kLeastWork = std::size_t{1} << 10;  // what each may do however many there are

/// A number of the response, compared with those of the source.
struct Compared {
  std::uint32_t matches, matches_end;  // in Reading::matches(), in order of the source
  std::uint32_t differs;               // the first source number that differs, or kNone
  bool hard;                           // only these are compared

  [[nodiscard]] bool matched() const { return matches != matches_end; }
};

/// How many stems and hard numbers of a claim each source sentence has. Kept by the caller from claim to claim.
struct Alignment {
  IndexList counts;   // by source sentence
  IndexList touched;  // the sentences with a count
  IndexList tied;     // those of the highest count: fewer items first, then the lower index
  IndexList ranked;   // the best ones: higher counts first, then as in `tied`

  [[nodiscard]] std::uint32_t top() const { return tied.empty() ? 0 : counts[tied[0]]; }
};

/// A response, read against a source: what the rules and the model look at. Stems have the numbers that the source gave
/// them; from known() on they are the response's own.
class Reading {
 public:
  Reading(const SourceIndex& source, std::string_view response)
      : source_(source), words_(&source.words), stems_(&source.stems), analysis_(response) {}
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  // The phases, in this order; a signal runs those that it needs, and the source must have run the same.

  void read();          // terms, sentences, numbers, cues
  void read_names();    // entities, and which of them the source has
  void read_numbers();  // compares them with the source's
  void read_stems();
  void read_claims(bool atomic);

  [[nodiscard]] const SourceIndex& source() const { return source_; }
  [[nodiscard]] const Analysis& analysis() const { return analysis_; }
  [[nodiscard]] const LongWords& words() const { return words_; }
  [[nodiscard]] LongWords& own_words() { return words_; }
  [[nodiscard]] const SymbolTable& stems() const { return stems_; }
  [[nodiscard]] std::uint32_t known() const { return source_.stems.size(); }

  [[nodiscard]] const ClaimList& claims() const { return claims_; }
  /// What a claim has, as ranges of the lists of analysis().
  [[nodiscard]] const SentenceRange& unit(std::size_t claim) const { return units_[claim]; }

  /// One for each number of the response.
  [[nodiscard]] const InlineVector<Compared, 8>& numbers() const { return compared_; }
  /// The source numbers that match.
  [[nodiscard]] std::span<const std::uint32_t> matches(const Compared& number) const {
    return {matches_.data() + number.matches, number.matches_end - number.matches};
  }
  /// Whether a number has a match in a source sentence.
  [[nodiscard]] bool matched_in(const Compared& number, std::uint32_t sentence) const;
  /// How many hard numbers of a claim have a match in a source sentence.
  [[nodiscard]] std::uint32_t matched_in(const SentenceRange& unit, std::uint32_t sentence) const;

  /// Whether the source has the entity analysis().names.names[i].
  [[nodiscard]] bool found(std::size_t name) const { return found_[owners_[name]]; }
  /// Whether a strong entity of the source matches the entity analysis().names.names[i].
  [[nodiscard]] bool strong_in_source(std::size_t name) const;
  [[nodiscard]] const UniqueNames& unique_names() const { return unique_; }
  /// The words of the response that stand there without a capital.
  [[nodiscard]] LowerCase& lower_case() { return lower_case_; }
  /// The number of its unique name.
  [[nodiscard]] std::uint32_t owner(std::size_t name) const { return owners_[name]; }

  /// What each claim may look up and compare.
  [[nodiscard]] std::size_t share() const {
    return std::max(kLeastWork, kWork / std::max<std::size_t>(1, claims_.size()));
  }

  /// Counts the stems and numbers of a claim in each source sentence, the rarest stems first while `work` lasts; then
  /// fills `tied`, and `ranked` with the best `most`.
  void align(const SentenceRange& unit, std::size_t most, std::size_t work, Alignment& out) const;
  void align(std::span<const StemPlace> stems, std::uint32_t numbers, std::uint32_t numbers_end, std::size_t work,
             Alignment& out) const;

 private:
  [[nodiscard]] bool matches_name(const UniqueName& name);
  template <class Counts>
  [[nodiscard]] bool matches_one(const UniqueName& name, Counts counts) const;
  void rank(std::size_t most, Alignment& out) const;

  const SourceIndex& source_;
  LongWords words_;
  SymbolTable stems_;
  Analysis analysis_;
  LowerCase lower_case_{analysis_.tokens};
  ClaimList claims_;
  InlineVector<SentenceRange, 16> units_;
  UniqueNames unique_;
  InlineVector<std::uint32_t, 8> owners_;
  InlineVector<bool, 8> found_;
  InlineVector<Compared, 8> compared_;
  InlineVector<std::uint32_t, 16> matches_;
};

}  // namespace paritas
