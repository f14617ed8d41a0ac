#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

enum class TermKind : std::uint8_t { word, number, character, mark };

/// A piece of a text that comparisons work on.
struct Term {
  TermKind kind;
  Span span;
  std::string key;   // folded: lower case, no accents, contractions undone
  std::string stem;  // of a word; any other term's is its key
  bool negated;      // "isn't": the key is "is"
  bool space_before;
};

/// "word", "number", "char" or "mark".
std::string_view name(TermKind kind) noexcept;

/// The terms of a UTF-8 text in order: words, numbers, single characters of unspaced scripts, and marks.
/// Ill-formed bytes count as U+FFFD. Linear; no view of the text is kept.
std::vector<Term> terms(std::string_view text);

}  // namespace paritas
