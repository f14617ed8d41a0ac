#pragma once
#include <string>

#include "paritas/base/random.hpp"

namespace paritas {

/// Up to `max_pieces` words, numbers, units, marks, pieces of many scripts, invisible and ill-formed ones: sometimes a
/// sentence, sometimes a mess. Python's mirror draws the same bytes and reads them as bytes.decode("utf-8", "replace").
std::string random_text(Random& random, std::uint64_t max_pieces);

/// A text and another one that says nearly the same: pieces dropped, replaced, negated or in capitals.
struct TextPair {
  std::string claim;
  std::string source;
};
TextPair random_pair(Random& random, std::uint64_t max_pieces);

/// One word from the list of plain words: for small vocabularies, ids and queries.
std::string random_word(Random& random);

}  // namespace paritas
