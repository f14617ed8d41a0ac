#include "text/normal_form.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "text/unicode_tables.hpp"

namespace paritas {
namespace {

using unicode::facts;

// Hangul syllables are composed by arithmetic: Unicode 14, section 3.12.
constexpr char32_t kSyllable = 0xAC00, kLead = 0x1100, kVowel = 0x1161, kTrail = 0x11A7;
constexpr char32_t kLeads = 19, kVowels = 21, kTrails = 28, kSyllables = kLeads * kVowels * kTrails;

struct Parts {
  std::size_t start = 0;
  std::size_t count = 0;
  bool canonical = false;

  [[nodiscard]] char32_t unit(std::size_t i) const {
    return static_cast<char32_t>(unicode::kPartsHigh[start + i] << 8 | unicode::kPartsLow[start + i]);
  }
};

/// One step of the decomposition of a code point that has the flag kDecomposes.
Parts parts_of(char32_t c) {
  const char32_t* run = std::upper_bound(unicode::kRunStart, unicode::kRunStart + unicode::kRunCount, c) - 1;
  const std::size_t entry = unicode::kRunEntry[run - unicode::kRunStart] + (c - *run);
  std::size_t at = unicode::kAnchor[entry / unicode::kAnchorStep];
  for (std::size_t i = entry - entry % unicode::kAnchorStep; i < entry; ++i) at += unicode::kEntry[i] & 0x7F;
  return {at, static_cast<std::size_t>(unicode::kEntry[entry] & 0x7F), unicode::kEntry[entry] >= 0x80};
}

template <class Visit>
void each_point(const Parts& parts, Visit visit) {
  for (std::size_t i = 0; i < parts.count; ++i) {
    char32_t c = parts.unit(i);
    if (c >= 0xD800 && c <= 0xDBFF) c = 0x10000 + ((c - 0xD800) << 10) + (parts.unit(++i) - 0xDC00u);
    visit(c);
  }
}

}  // namespace

// The tables hold single steps, at most four deep.
void append_decomposed(char32_t c, Form form, std::u32string& out) {
  if (c - kSyllable < kSyllables) {
    const char32_t index = c - kSyllable;
    out.push_back(kLead + index / (kVowels * kTrails));
    out.push_back(kVowel + index % (kVowels * kTrails) / kTrails);
    if (index % kTrails != 0) out.push_back(kTrail + index % kTrails);
    return;
  }
  if ((facts(c).flags & unicode::kDecomposes) != 0) {
    const Parts parts = parts_of(c);
    if (parts.canonical || form == Form::compatible) {
      each_point(parts, [&](char32_t part) { append_decomposed(part, form, out); });
      return;
    }
  }
  out.push_back(c);
}

char32_t compose_pair(char32_t a, char32_t b) {
  if (a - kLead < kLeads && b - kVowel < kVowels) return kSyllable + ((a - kLead) * kVowels + (b - kVowel)) * kTrails;
  if (a - kSyllable < kSyllables && (a - kSyllable) % kTrails == 0 && b - kTrail - 1 < kTrails - 1)
    return a + (b - kTrail);
  if ((facts(b).flags & unicode::kJoinsBack) == 0) return 0;
  const auto pair_of = [](char32_t composite) {
    char32_t pair[2] = {0, 0};
    std::size_t n = 0;
    each_point(parts_of(composite), [&](char32_t part) { pair[n++ & 1] = part; });
    return std::pair(pair[0], pair[1]);
  };
  const char32_t* end = unicode::kComposites + unicode::kCompositeCount;
  const std::pair wanted(a, b);
  const char32_t* found =
      std::lower_bound(unicode::kComposites, end, wanted,
                       [&](char32_t composite, const auto& pair) { return pair_of(composite) < pair; });
  return found != end && pair_of(*found) == wanted ? *found : 0;
}

}  // namespace paritas
