#include "paritas/text/stem_english.hpp"

#include "features.hpp"

namespace paritas {

void check_stem_english(Random& random, Digest& digest) {
  constexpr std::string_view kStarts[] = {"gener", "past", "univers", "y", "'",    "exc",
                                          "even",  "inn",  "sk",      "d", "news", "earl"};
  constexpr std::string_view kLetters[] = {"a", "e", "i", "o", "u", "y", "y", "b",        "d", "l",
                                           "n", "p", "r", "s", "t", "w", "x", "\xC3\xA9", "'"};
  constexpr std::string_view kEndings[] = {"",      "s",     "'s'", "ies",   "ied",   "sses",  "us",      "ed",
                                           "eed",   "eedly", "ing", "ying",  "ingly", "y",     "ational", "ization",
                                           "ogist", "ogi",   "li",  "entli", "ness",  "ative", "ical",    "ement",
                                           "ion",   "sion",  "ate", "e",     "ll",    "at",    "iz",      "tt"};
  std::string word;
  if (random.below(4) == 0) word += kStarts[random.below(std::size(kStarts))];
  for (std::uint64_t left = random.below(6); left > 0; --left) word += kLetters[random.below(std::size(kLetters))];
  for (std::uint64_t left = 1 + random.below(2); left > 0; --left) word += kEndings[random.below(std::size(kEndings))];
  digest.add(stem_english(word));
}

}  // namespace paritas
