#include "paritas/text/stem_light.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_stem_light(Random& random, Digest& digest) {
  constexpr std::string_view kLetters = "aeiouybdfgmnprtslcxhz";
  constexpr std::string_view kEndings[] = {"",    "s",   "es",  "ies",  "sses", "xes", "ches", "zzes", "ed",
                                           "ied", "eed", "ing", "tted", "ly",   "e",   "us",   "is",   "-"};
  std::string word;
  if (random.below(4) == 0) {
    word = random_word(random);
  } else {
    for (std::uint64_t left = random.below(7); left > 0; --left)
      word += kLetters[static_cast<std::size_t>(random.below(kLetters.size()))];
  }
  word += kEndings[random.below(std::size(kEndings))];
  digest.add(stem(word));
}

}  // namespace paritas
