#pragma once
#include <cstdint>
#include <vector>

#include "paritas/verify/verifier.hpp"
#include "verify/conflict.hpp"
#include "verify/features.hpp"
#include "verify/reading.hpp"

namespace paritas {

/// The rules of verification: what each claim of a reading says against its source.
class Judge {
 public:
  /// most: source sentences that are kept as evidence for each claim.
  Judge(Reading& reading, std::uint32_t most);

  /// Applies the rules to a claim, and adds it to the lists of the plan.
  void judge(std::uint32_t claim, VerificationPlan& plan);
  /// The features of that claim; its source has a sentence.
  FeatureCounts count() { return counter_.count(unit_, best_, flips_); }

 private:
  /// A name of the claim or of its best sentence that is held against others: tokens [first, last).
  struct Stranger {
    std::uint32_t first, last, unique;
  };

  [[nodiscard]] std::uint32_t shared(std::uint32_t sentence) const { return alignment_.counts[sentence]; }
  void add(ReasonCode code, Span claim);
  void add(ReasonCode code, Span claim, std::uint32_t sentence, Span source);
  void align();
  bool compare_numbers();
  [[nodiscard]] bool misplaced(const Compared& number) const;
  [[nodiscard]] std::uint32_t find_moved_bound(const Compared& number, const Amount& amount) const;
  [[nodiscard]] bool comparable(const Amount& amount, const Amount& other, std::uint32_t sentence,
                                unsigned nouns) const;
  void find_missing();
  void find_strangers();
  bool compare_entities();
  bool only_entity_differs() const;
  void read_conflicts();
  bool add_conflict();
  void add_weaknesses(bool mismatch);
  [[nodiscard]] bool other_order() const;
  bool add_verbatim();
  bool find_run(std::uint32_t sentence, Span& span);
  [[nodiscard]] bool names_something() const;
  [[nodiscard]] bool find_obstacle(ReasonCode& code) const;
  void add_evidence();
  [[nodiscard]] std::uint32_t names_in(const SentenceRange& range, const SymbolTable& wanted) const;
  void finish(ClaimVerdict& verdict);

  Reading& reading_;
  const SourceIndex& source_;
  const Analysis& response_;
  const Analysis& there_;  // the source's
  std::uint32_t most_;
  std::size_t share_;
  Polarity polarity_;
  FeatureCounter counter_;
  Alignment alignment_;
  std::vector<Evidence> evidence_;
  InlineVector<std::uint32_t, 16> taken_;  // by source number: one more than the last claim that a match of it was in
  std::uint32_t next_name_ = 0;            // the first name behind the claims so far

  // Of the claim at hand.
  VerificationPlan* plan_ = nullptr;
  ClaimRange claim_{};
  SentenceRange unit_{};
  std::uint32_t index_ = 0, best_ = kNone;
  std::uint32_t names_ = 0, names_end_ = 0;
  std::uint32_t terms_ = 0, unread_ = 0;  // unread_: of scripts whose negations go unseen
  std::uint32_t found_items_ = 0, strong_ = 0, found_strong_ = 0;
  InlineVector<std::uint32_t, 8> unmatched_;  // its numbers that are just missing
  std::vector<Stranger> missing_, strangers_;
  Evidence first_opposed_{}, first_cue_{};
  bool conflicts_ = false, opposed_ = false;
  bool flips_ = false;  // whether it conflicts with the best sentence
  // The words that are compared one by one, and how many of the first ones each stretch of them ends with.
  InlineVector<std::uint32_t, 32> words_, borders_;
};

}  // namespace paritas
