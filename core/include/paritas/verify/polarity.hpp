#pragma once
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

/// A word of negation and the terms that it negates.
struct Cue {
  Span span;
  std::vector<Span> scope;
};

/// The words of negation of a UTF-8 text in order, each with its scope. Ill-formed bytes count as U+FFFD. Linear.
std::vector<Cue> extract_cues(std::string_view text);

}  // namespace paritas
