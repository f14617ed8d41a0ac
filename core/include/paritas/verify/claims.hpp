#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

/// A statement that can be checked by itself: a sentence, or a part of one.
struct Claim {
  Span span;
  std::uint32_t sentence_index;  // in sentences(text)
  bool is_atomic;                // one of several parts of its sentence
};

/// The sentences of a UTF-8 text with at least one word, number or character, in order; nothing else is dropped.
///
/// atomic: cuts sentences further, after ";" and before conjunctions, where both sides have at least three terms that
///         are neither marks nor conjunctions; the parts keep every character.
/// Ill-formed bytes count as U+FFFD. Linear.
std::vector<Claim> split_claims(std::string_view text, bool atomic = false);

}  // namespace paritas
