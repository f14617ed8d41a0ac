#include "paritas/text/simple_fold.hpp"

#include "text/unicode_tables.hpp"

namespace paritas {

char32_t simple_fold_of(char32_t code_point) noexcept {
  if ((unicode::facts(code_point).flags & unicode::kFolds) == 0) return code_point;
  const char32_t folded = unicode::map(unicode::kFoldRanges, unicode::kFoldRangeCount, code_point);
  if (folded != code_point) return folded;
  // Status S: what folds to several code points in full folds to its lower case alone, where that is one code point.
  return unicode::map(unicode::kLowerRanges, unicode::kLowerRangeCount, code_point);
}

char32_t simple_lower_of(char32_t code_point) noexcept {
  if ((unicode::facts(code_point).flags & unicode::kLowers) == 0) return code_point;
  if (code_point == 0x130) return U'i';  // its full mapping is longer, and the table has none for it
  return unicode::map(unicode::kLowerRanges, unicode::kLowerRangeCount, code_point);
}

}  // namespace paritas
