#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "verify/model_table.hpp"
#include "verify/reading.hpp"

namespace paritas {

/// What is counted of one claim beside its best source sentence.
struct FeatureCounts {
  std::uint32_t plain = 0;            // content terms outside scopes of cues
  std::uint32_t plain_found = 0;      // those that the source has
  std::uint32_t rarest = kNone;       // of the content terms that the best sentence lacks: how many sentences have it
  std::uint32_t pairs = 0;            // neighbouring content terms that the source has
  std::uint32_t in_order = 0;         // those that stand close and in this order in the source
  std::uint32_t in_frames = 0;        // missing terms whose neighbours have something else between them in the source
  std::uint32_t numbers_missing = 0;  // hard numbers without a match
  std::uint32_t numbers_differ = 0;   // those that differ from a number of the source
  std::uint32_t names_missing = 0;    // strong names that the source lacks, but for subjects of sentences
  std::uint32_t heads_affirmed = 0;   // cues whose first term the source does not negate
  std::uint32_t cues_lost = 0;        // cues of the best sentence whose first term is here without one
  std::uint32_t flips = 0;            // whether the claim says the opposite of its best sentence
  std::uint32_t antonyms = 0;         // missing terms whose antonym the best sentence has
  std::uint32_t strong_new = 0;       // "only", "all", "never" that the source around the best sentence lacks
  std::uint32_t negative_new = 0;     // "fail", "refuse", "wrong" likewise
  std::uint32_t first_person = 0;
  std::uint32_t opinions = 0;

  /// Takes the counts of another claim in, as if both were one.
  void add(const FeatureCounts& other);
};

/// Counts the features of the claims of a response.
class FeatureCounter {
 public:
  /// The reading has gone through all its phases, and its source's stems are indexed.
  explicit FeatureCounter(const Reading& reading);

  /// Of a claim, and the source sentence that shares most with it, kNone when none shares anything.
  /// flips: whether the two say the opposite of each other.
  FeatureCounts count(const SentenceRange& claim, std::uint32_t best, bool flips);

 private:
  void count_terms(const SentenceRange& claim, std::uint32_t best);
  void count_names(const SentenceRange& claim);
  void count_polarity(const SentenceRange& claim, std::uint32_t best);
  void count_words(const SentenceRange& claim, std::uint32_t best);
  void find_frames();
  [[nodiscard]] bool known(std::uint32_t stem) const { return stem < reading_.known(); }
  [[nodiscard]] std::uint32_t first_in(std::uint32_t stem, std::uint32_t sentence) const;
  [[nodiscard]] bool close(std::uint32_t left, std::uint32_t right) const;
  [[nodiscard]] bool negated_in_source(std::uint32_t stem, std::uint32_t best) const;
  [[nodiscard]] std::uint32_t head(const Analysis& side, const CueWord& cue) const;

  const Reading& reading_;
  const Analysis& response_;
  const Analysis& source_;
  InlineVector<bool, 128> negated_;  // tokens of the response in scopes of cues of the claim
  InlineVector<bool, 128> framed_;   // missing tokens whose neighbours stand two or three tokens apart in the source
  FeatureCounts counts_;
};

/// The numbers that the model weighs, of claims taken together; `sentences`: how many the source has.
std::array<double, kFeatures> features(const FeatureCounts& counts, std::size_t sentences);

}  // namespace paritas
