#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

// What can lower the quality of a token, in the order in which the factors are multiplied. The enum and its names expand
// from here.
#define PARITAS_QUALITY_RULES(X)                                                  \
  X(bad_char, "U+FFFD, controls, private use, code points that are not assigned") \
  X(symbols, "nothing but punctuation and symbols")                               \
  X(edge_symbols, "odd or many signs around the word")                            \
  X(inner_punct, "signs between letters or digits that do not stand there")       \
  X(script_mix, "Latin, Greek and Cyrillic in one word")                          \
  X(digit_in_word, "digits among letters")                                        \
  X(too_long, "more than 40 code points")                                         \
  X(repeat, "four equal letters in a row")                                        \
  X(case_mix, "a capital behind a small letter")                                  \
  X(no_vowel, "many consonants and no vowel")                                     \
  X(bigram, "pairs of letters that languages written in Latin letters avoid")     \
  X(token_repeat, "the fourth and later of equal tokens")

enum class QualityRule : std::uint8_t {
#define X(id, meaning) id,
  PARITAS_QUALITY_RULES(X)
#undef X
};
inline constexpr std::size_t kQualityRules = 12;
std::string_view name(QualityRule rule) noexcept;

/// A set of rules.
struct QualityRules {
  std::uint16_t bits = 0;

  [[nodiscard]] constexpr bool has(QualityRule rule) const noexcept {
    return (bits >> static_cast<unsigned>(rule) & 1U) != 0;
  }
  constexpr void add(QualityRule rule) noexcept {
    bits = static_cast<std::uint16_t>(bits | 1U << static_cast<unsigned>(rule));
  }
};

/// A token that looks like noise.
struct GarbageSpan {
  Span span;             // bytes
  double quality = 0.0;  // of the token alone, 0 to below 0.5
  QualityRules rules;
};

/// How much a text looks like writing, and what does not.
struct TextQuality {
  double quality = 0.0;  // 0 to 1
  std::size_t tokens = 0;
  std::size_t garbage_tokens = 0;                        // those with a quality below 0.5
  std::array<std::size_t, kQualityRules> rule_tokens{};  // how many tokens each rule lowered
  std::vector<GarbageSpan> spans;                        // the worst first, equal ones in text order
};

inline constexpr std::int64_t kMaxGarbageSpans = 50;

/// How much a text looks like writing, from 0 to 1: without a dictionary, without a language setting.
///
/// Each run of other than White_Space is judged by the rules above and weighs as much as it is long; a text of single
/// letters and signs is judged lower still. What is 0 may be noise; what is 1 need not be right: "He owes 9 euros" for
/// "He owes 4 euros" is writing.
/// text:    UTF-8; ill-formed bytes count as U+FFFD
/// Returns: 0 for a text without a token
/// Source:  rules and weights of our own, measured on 380 languages by bench/text_quality. Linear, one pass.
double text_quality(std::string_view text);

/// text_quality of each text.
///
/// threads: 0 for all cores; never changes a result
/// Errors:  `invalid_argument` for negative threads
Result<std::vector<double>> text_quality_batch(std::span<const std::string_view> texts, std::int64_t threads = 0);

/// text_quality, the rules that lowered it, and at most `max_spans` tokens that look like noise.
///
/// Errors: `invalid_argument` for a negative max_spans
Result<TextQuality> text_quality_report(std::string_view text, std::int64_t max_spans = kMaxGarbageSpans);

}  // namespace paritas
