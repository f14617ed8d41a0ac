#include "paritas/repair/coerce.hpp"

#include <string>

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_coerce(Random& random, Digest& digest) {
  constexpr std::string_view kStrokes[] = {"0", "1",  "7",   "9", "5", "25", ".",  "-",
                                           "e", "E+", "000", " ", "[", "]",  "{}", ","};
  constexpr std::string_view kWords[] = {"true", "None", "False ", "null", "\u2003True", "1e400", "9007199254740993"};
  std::string s;
  if (random.below(4) == 0) {
    s = random_text(random, 2);
  } else if (random.below(4) == 0) {
    s = kWords[random.below(std::size(kWords))];
  } else {
    for (std::uint64_t count = random.below(12); count > 0; --count) s += kStrokes[random.below(std::size(kStrokes))];
  }
  const CoercedValue value = coerce_string_type(s);
  digest.add(name(value.type));
  digest.add(value.json);
  digest.add(value.exact);
}

}  // namespace paritas
