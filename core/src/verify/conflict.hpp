#pragma once
#include <cstdint>
#include <vector>

#include "paritas/verify/signals.hpp"
#include "verify/analysis.hpp"

namespace paritas {

/// One reason of a conflict: tokens of the claim and of the source, each [first, last); first kNone is the sentence.
struct Evidence {
  std::uint32_t claim, claim_last;
  std::uint32_t source, source_last;
  PolarityKind kind;
  bool cue_of_source = false;  // of a cue: in which of the two it stands
};

/// Whether a stem begins with un or non, or ends in less, or is too long to tell.
bool affixed(const Symbol& stem);

/// Judges whether a claim sentence and a source sentence say the opposite of each other.
class Polarity {
 public:
  /// affixed_source: whether any stem of the source is affixed().
  Polarity(const Analysis& claim, const Analysis& source, const SymbolTable& table, const LongWords& words,
           bool affixed_source);

  /// The claim sentence, or part of one, that is compared from now on.
  void set_claim(const SentenceRange& sentence);

  /// Whether it conflicts with a source sentence that matches so many of its hard numbers; the reasons in `evidence`.
  bool conflict(std::uint32_t source_sentence, std::uint32_t matched, std::vector<Evidence>& evidence);

 private:
  static constexpr std::uint32_t kNowhere = kNone;
  struct Link {
    std::uint32_t claim, source;  // numbers of the stems
  };

  [[nodiscard]] bool in_claim(std::uint32_t stem) const { return claim_at_[stem].round == claim_round_; }
  [[nodiscard]] bool in_source(std::uint32_t stem) const { return source_at_[stem].round == source_round_; }
  void link(std::uint32_t stem);
  bool try_link(std::uint32_t stem, const Symbol& partner);
  template <class Partner>
  [[nodiscard]] bool touches(const Analysis& side, const CueWord& cue, std::uint32_t& stem, Partner linked) const;
  void read_cues(const SentenceRange& source, std::vector<Evidence>& evidence) const;
  void read_antonyms(const SentenceRange& source, std::vector<Evidence>& evidence) const;
  [[nodiscard]] bool next_keys_meet(const SentenceRange& source, std::uint16_t word, std::uint16_t partner) const;

  /// The first token of a stem in the sentence of this round.
  struct Mark {
    std::uint32_t round = 0;
    std::uint32_t token = 0;
  };

  const Analysis& claim_;
  const Analysis& source_;
  const SymbolTable& table_;
  const LongWords& words_;
  InlineVector<Mark, 96> claim_at_, source_at_;
  InlineVector<Link, 8> links_;
  SentenceRange sentence_{};
  std::uint32_t claim_round_ = 0, source_round_ = 0;
  bool affixed_source_;
};

}  // namespace paritas
