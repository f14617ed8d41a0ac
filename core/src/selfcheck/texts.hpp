#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/base/random.hpp"
#include "pieces.hpp"

namespace paritas {

/// The piece of that number.
inline std::string_view piece_at(const pieces::List& list, std::uint64_t number) {
  std::string_view rest = list.bytes;
  for (; number > 0; --number) rest.remove_prefix(1 + static_cast<unsigned char>(rest.front()));
  return rest.substr(1, static_cast<unsigned char>(rest.front()));
}

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
