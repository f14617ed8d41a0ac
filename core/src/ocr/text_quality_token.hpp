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
};

/// Reads the tokens of texts, one pass each.
/// Memory: the two longest tokens that follow each other, 8 bytes for each code point.
class TokenReader {
 public:
  /// Calls take(QualityToken) for each token in text order.
  template <class Take>
  void read(std::string_view text, Take take) {
    word_.clear();
    before_.clear();
    alike_ = 0;
    std::size_t start = 0, at = 0;
    const auto finish = [&] {
      if (word_.empty()) return;
      take(judge({start, at}));
      std::swap(word_, before_);
      word_.clear();
      of_word_ = {};
    };
    while (at < text.size()) {
      const auto byte = static_cast<unsigned char>(text[at]);
      const Decoded next = byte < 0x80 ? Decoded{byte, 1} : decode_utf8(text, at);
      const TextCharacter& is = text_character(next.code_point);
      if (is.kind == TextKind::space) {
        finish();
      } else {
        if (word_.empty()) start = at;
        word_.push_back({next.code_point, is});
        of_word_.flags |= is.flags;
        of_word_.kinds |= 1U << static_cast<unsigned>(is.kind);
      }
      at += next.bytes;
    }
    finish();
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
  struct Part {
    double factor = 1.0;
    QualityRules rules;
    void lower_by(QualityRule rule, double by) {
      if (!(by < 1.0)) return;
      factor *= by;
      rules.add(rule);
    }
  };
  using Word = std::span<const Seen>;

  QualityToken judge(Span span);
  static double symbols(Word word);
  static bool stands_alone(Word core);
  static double inner_punct(Word core);
  double parts(Word core, QualityRules& rules);
  static Part judge_part(Word part);

  std::vector<Seen> word_, before_, part_;
  Summary of_word_;
  std::size_t alike_ = 0;  // how many tokens like this one stand in a row
};

}  // namespace paritas
