#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

/// A name: of a person, place, product, organisation.
struct Entity {
  Span span;
  std::vector<std::string> keys;  // of its words, in order, without connectors
  bool strong;                    // no mere capital letter at the start of a sentence
};

/// The names of a UTF-8 text in order, found by their capitals. Ill-formed bytes count as U+FFFD. Linear.
std::vector<Entity> extract_entities(std::string_view text);

}  // namespace paritas
