#include "paritas/text/fold.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "text/unicode_tables.hpp"

namespace paritas {
namespace {

using unicode::facts;

enum class Form : bool { canonical, compatible };

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

/// Appends the full decomposition; the tables hold single steps, at most four deep.
void decompose(char32_t c, Form form, std::u32string& out) {
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
      each_point(parts, [&](char32_t part) { decompose(part, form, out); });
      return;
    }
  }
  out.push_back(c);
}

/// Sorts each run of combining characters by class, keeping the order of equal ones.
void order(std::u32string& text) {
  const auto lower = [](char32_t a, char32_t b) { return facts(a).combining < facts(b).combining; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (facts(text[i]).combining == 0) continue;
    std::size_t end = i + 1;
    while (end < text.size() && facts(text[end]).combining != 0) ++end;
    const auto first = text.begin() + static_cast<std::ptrdiff_t>(i),
               last = text.begin() + static_cast<std::ptrdiff_t>(end);
    if (!std::is_sorted(first, last, lower)) std::stable_sort(first, last, lower);
    i = end;
  }
}

/// The primary composite of two code points, or 0.
char32_t compose(char32_t a, char32_t b) {
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

/// Composes a decomposed, ordered text in place.
void compose(std::u32string& text) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t starter = kNone, kept = 0;
  unsigned last = 0;  // class of the character kept last after the starter; 0 when it is the starter itself
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    const unsigned combining = facts(c).combining;
    // Blocked when a kept character between has class 0 or at least this one's.
    if (starter != kNone && (kept == starter + 1 || (last != 0 && last < combining))) {
      if (const char32_t composite = compose(text[starter], c); composite != 0) {
        text[starter] = composite;
        continue;
      }
    }
    if (combining == 0) starter = kept;
    last = combining;
    text[kept++] = c;
  }
  text.resize(kept);
}

void decompose(const std::u32string& text, Form form, std::u32string& out) {
  out.clear();
  for (const char32_t c : text) decompose(c, form, out);
  order(out);
}

void casefold(const std::u32string& text, std::u32string& out) {
  out.clear();
  for (const char32_t c : text) {
    if ((facts(c).flags & unicode::kFolds) == 0) {
      out.push_back(c);
      continue;
    }
    const unicode::Longer* end = unicode::kFoldLonger + unicode::kFoldLongerCount;
    const unicode::Longer* longer =
        std::lower_bound(unicode::kFoldLonger, end, c, [](const unicode::Longer& l, char32_t x) { return l.from < x; });
    if (longer == end || longer->from != c) {
      out.push_back(unicode::map(unicode::kFoldRanges, unicode::kFoldRangeCount, c));
      continue;
    }
    for (const char32_t part : longer->to) {
      if (part != 0) out.push_back(part);
    }
  }
}

/// The definition, for a text without transparent characters; `text` is used up.
void fold_piece(std::u32string& text, std::u32string& other, std::string& out, Accents accents) {
  decompose(text, Form::compatible, other);
  compose(other);  // NFKC
  casefold(other, text);
  decompose(text, Form::canonical, other);
  if (accents == Accents::drop) std::erase_if(other, [](char32_t c) { return c >= 0x300 && c <= 0x36F; });
  compose(other);
  for (const char32_t c : other) {
    const TextClass kind = text_class(c);
    append_utf8(out, kind == TextClass::apostrophe ? U'\'' : kind == TextClass::hyphen ? U'-' : c);
  }
}

char fold_ascii(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + ('a' - 'A'));
  return c == '`' ? '\'' : c;
}

std::u32string decoded(std::string_view utf8) {
  std::u32string text;
  text.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const Decoded next = decode_utf8(utf8, at);
    text.push_back(next.code_point);
    at += next.bytes;
  }
  return text;
}

std::string normal_form(std::string_view utf8, Form form, bool composed) {
  std::u32string parts;
  decompose(decoded(utf8), form, parts);
  if (composed) compose(parts);
  std::string out;
  out.reserve(utf8.size());
  for (const char32_t c : parts) append_utf8(out, c);
  return out;
}

}  // namespace

void fold(std::string_view utf8, std::string& out, Accents accents) {
  std::u32string piece, other;
  std::size_t at = 0;
  const auto ascii = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]) < 0x80; };
  while (at < utf8.size()) {
    // An ASCII character is its own piece unless what follows may join it.
    if (ascii(at) && (at + 1 == utf8.size() || ascii(at + 1))) {
      out.push_back(fold_ascii(utf8[at++]));
      continue;
    }
    // A piece: one code point and all that may join it. Pieces fold independently of each other.
    const Decoded first = decode_utf8(utf8, at);
    std::size_t end = at + first.bytes;
    piece.clear();
    if (text_class(first.code_point) != TextClass::transparent) piece.push_back(first.code_point);
    while (end < utf8.size()) {
      const Decoded next = decode_utf8(utf8, end);
      if ((facts(next.code_point).flags & unicode::kStarts) != 0) break;
      if (text_class(next.code_point) != TextClass::transparent) piece.push_back(next.code_point);
      end += next.bytes;
    }
    if (piece.size() == 1 && (facts(piece[0]).flags & unicode::kInert) != 0) {
      append_utf8(out, piece[0]);
    } else if (piece.size() == 1 && piece[0] < 0x80) {
      out.push_back(fold_ascii(static_cast<char>(piece[0])));
    } else if (!piece.empty()) {
      fold_piece(piece, other, out, accents);
    }
    at = end;
  }
}

std::string nfd(std::string_view utf8) { return normal_form(utf8, Form::canonical, false); }
std::string nfc(std::string_view utf8) { return normal_form(utf8, Form::canonical, true); }
std::string nfkd(std::string_view utf8) { return normal_form(utf8, Form::compatible, false); }
std::string nfkc(std::string_view utf8) { return normal_form(utf8, Form::compatible, true); }

}  // namespace paritas
