#include "paritas/text/fold.hpp"

#include <algorithm>
#include <cstddef>

#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "text/normal_form.hpp"
#include "text/unicode_tables.hpp"

namespace paritas {
namespace {

using unicode::facts;

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
      if (const char32_t composite = compose_pair(text[starter], c); composite != 0) {
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
  for (const char32_t c : text) append_decomposed(c, form, out);
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
