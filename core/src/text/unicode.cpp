#include "paritas/text/unicode.hpp"

#include <algorithm>

#include "text/unicode_tables.hpp"

namespace paritas {

namespace unicode {

char32_t map(const Range* ranges, std::size_t count, char32_t c) noexcept {
  const Range* found =
      std::upper_bound(ranges, ranges + count, c, [](char32_t x, const Range& r) { return x < r.first; });
  if (found == ranges) return c;
  --found;
  if (c > found->last || (c - found->first) % found->step != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + found->difference);
}

}  // namespace unicode

Category category(char32_t code_point) noexcept { return static_cast<Category>(unicode::facts(code_point).category); }

int digit_value(char32_t code_point) noexcept {
  const int value = unicode::facts(code_point).digit;
  return value == 255 ? -1 : value;
}

TextClass text_class_of(char32_t code_point) noexcept {
  return static_cast<TextClass>(unicode::facts(code_point).text_class);
}

void append_lower(std::u32string& out, char32_t code_point) {
  if ((unicode::facts(code_point).flags & unicode::kLowers) == 0) {
    out.push_back(code_point);
  } else if (code_point == 0x130) {  // the one that gets longer: capital I with a dot
    out.append({U'i', char32_t{0x307}});
  } else {
    out.push_back(unicode::map(unicode::kLowerRanges, unicode::kLowerRangeCount, code_point));
  }
}

}  // namespace paritas
