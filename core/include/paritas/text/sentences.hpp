#pragma once
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

/// The sentences of a UTF-8 text in order, trimmed; every non-space character lies in exactly one.
///
/// Cuts are made at terminators and blank lines, before list items, and not at abbreviations, initials or decimals.
/// Ill-formed bytes count as U+FFFD. Linear; an empty text has none.
std::vector<Span> sentences(std::string_view text);

}  // namespace paritas
