// In place of the tables that RE2 generates from Unicode's files. The patterns of Paritas reach RE2 as plain literals and
// ranges: its own parser has resolved \d, \w, \s and case already (core/src/match/regex_syntax.cpp), on every target alike,
// so that no answer depends on the Unicode version of anybody's RE2. An array of size zero is not C++, hence the one row.
#include "re2/unicode_casefold.h"
#include "re2/unicode_groups.h"

namespace re2 {

const CaseFold unicode_casefold[] = {{0, 0, 0}};
const int num_unicode_casefold = 0;
const UGroup perl_groups[] = {{nullptr, 0, nullptr, 0, nullptr, 0}};
const int num_perl_groups = 0;
const UGroup posix_groups[] = {{nullptr, 0, nullptr, 0, nullptr, 0}};
const int num_posix_groups = 0;
const UGroup unicode_groups[] = {{nullptr, 0, nullptr, 0, nullptr, 0}};
const int num_unicode_groups = 0;

}  // namespace re2
