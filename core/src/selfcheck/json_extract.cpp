#include "paritas/repair/json_extract.hpp"

#include <string>

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_json_extract(Random& random, Digest& digest) {
  constexpr std::string_view kPieces[] = {
      "{",          "}",   "[",      "]",       "\"", "'",    ":",    ",",    "\n",     "\\",
      "{\"a\": 1}", "[1]", "[1, 2]", "\"b\": ", "1",  "-2.5", "true", "None", "{'c': ", "}"};
  std::string text = random_text(random, 3);
  for (std::uint64_t count = random.below(20); count > 0; --count) {
    text += kPieces[random.below(std::size(kPieces))];
    if (random.below(8) == 0) text += random_word(random);
  }
  const bool repair = random.below(4) != 0, arrays = random.below(4) != 0;
  const OffsetMap offsets(text);
  for (const JsonSpan& value : extract_json_objects(text, {.repair = repair, .arrays = arrays})) {
    digest.add(value.span, offsets);
    digest.add(value.json);
    digest.add(value.repaired);
  }
}

}  // namespace paritas
