#include "paritas/repair/json_repair.hpp"

#include <string>

#include "features.hpp"
#include "paritas/repair/json_scan.hpp"
#include "paritas/repair/json_stream.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas {
namespace {

// What JSON is made of, what is put in its place, and what models write around it.
constexpr std::string_view kPieces[] = {
    "{",    "}",     "[",     "]",     "(",      ")",       ":",      ",",       "\"",    "'",      "`",
    "\\",   " ",     "\n",    "a",     "bc",     "1",       "0",      "-",       ".",     "e",      "+",
    "true", "null",  "None",  "fals",  "NaN",    "\"a\"",   "\"b\":", "{\"c\":", "'k': ", "// ",    "/*",
    "*/",   "#",     "...",   "“",     "”",      "’",       "，",     "：",      "…",     "\u00A0", "\u200B",
    "\x01", "é",     "😀",     "\\\"",  "\\u00e", "\\ud83d", "\\x4",   "\"\"\"",  "f(",    "=>",     "1,234",
    "0x1F", "```\n", "\n```", "key: ", "text",   ",\"",     "\",",    "\": ",    "\"\n"};

std::string_view pick(Random& random) { return kPieces[random.below(std::size(kPieces))]; }

}  // namespace

void check_json_repair(Random& random, Digest& digest) {
  std::string text;
  for (std::uint64_t count = random.below(16); count > 0; --count) text += pick(random);
  RepairOptions options;
  options.partial = random.below(3) == 0;
  options.multiple = random.below(4) == 0 ? RepairMultiple::first : RepairMultiple::array;
  options.non_finite = random.below(4) == 0 ? NonFinite::string : NonFinite::null;
  options.max_depth = 1 + static_cast<std::int64_t>(random.below(6));
  options.max_changes = static_cast<std::int64_t>(random.below(12));
  const RepairResult result = repair_json(text, options).value();
  const OffsetMap offsets(text);
  digest.add(result.json(text));
  digest.add(result.ok);
  digest.add(result.changed(text));
  digest.add(result.truncated);
  digest.add(result.depth_limited);
  digest.add(std::uint64_t{result.change_count});
  for (const Change& change : result.changes) {
    digest.add(name(change.kind));
    digest.add(change.span, offsets);
  }
  digest.add(is_valid_json(text));
  JsonStream stream = JsonStream::create().value();
  stream.feed(text);
  digest.add(stream.snapshot());
  digest.add(stream.path());
  digest.add(stream.complete());
}

}  // namespace paritas
