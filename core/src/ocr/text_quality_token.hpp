#pragma once
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "ocr/text_quality_characters.hpp"
#include "paritas/ocr/text_quality.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {

/// A run of other than White_Space, judged.
struct QualityToken {
  Span span;               // bytes
  std::size_t length = 0;  // code points
  double quality = 1.0;
  QualityRules rules;
  bool single = false;  // one sign or one Latin, Greek or Cyrillic letter

  void lower_by(QualityRule rule, double by) {
    if (!(by < 1.0)) return;
    quality *= by;
    rules.add(rule);
  }
};

/// Reads the tokens of texts, one pass each.
/// Memory: the longest token, 8 bytes for each code point.
class TokenReader {
 public:
  /// Calls take(QualityToken) for each token in text order.
  template <class Take>
  void read(std::string_view text, Take take) {
    text_ = text;
    before_ = {};
    before_ill_formed_ = false;
    alike_ = 0;
    for (std::size_t at = 0; at < text.size();) {
      QualityToken token;
      if (plain_word(at, token) || any_token(at, token)) take(token);
      at = at_;
    }
  }

 private:
  struct Seen {
    char32_t code_point;
    TextCharacter is;
  };
  struct Summary {  // of all characters of a word, so that most rules need not look at them again
    unsigned flags = 0;
    unsigned kinds = 0;
    [[nodiscard]] bool has(TextKind kind) const { return (kinds >> static_cast<unsigned>(kind) & 1U) != 0; }
    [[nodiscard]] bool only(TextKind kind) const { return kinds == 1U << static_cast<unsigned>(kind); }
  };
  struct Letters {  // of a part that has nothing but Latin ones
    std::size_t count = 0, pairs = 0;
    std::uint64_t cost = 0;  // of the pairs
    unsigned folded = 0;     // which of a to z
    bool capital = false;    // all of them
    bool unfolded = false;   // one of them is none of a to z
  };
  struct Part {
    double factor = 1.0;
    QualityRules rules;
    void lower_by(QualityRule rule, double by) {
      if (!(by < 1.0)) return;
      factor *= by;
      rules.add(rule);
    }
    void judge(const Letters& letters);
  };
  using Word = std::span<const Seen>;

  bool plain_word(std::size_t start, QualityToken& token);
  bool any_token(std::size_t start, QualityToken& token);
  void judge(QualityToken& token);
  void count_alike(Span span, bool ill_formed);
  [[nodiscard]] bool same_points(Span a, Span b) const;
  static double symbols(Word word);
  static bool stands_alone(Word core);
  static double inner_punct(Word core);
  double parts(Word core, QualityRules& rules);
  static Part judge_part(Word part);

  std::string_view text_;
  std::size_t at_ = 0;  // behind what was read last
  std::vector<Seen> word_, part_;
  Summary of_word_;
  Span before_;                     // the token before
  bool before_ill_formed_ = false;  // whether it may be equal to one of other bytes
  std::size_t alike_ = 0;           // how many tokens like this one stand in a row
};

}  // namespace paritas
