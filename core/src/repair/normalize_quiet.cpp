#include "repair/normalize_quiet.hpp"

#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "text/unicode_tables.hpp"

namespace paritas::normalize {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) noexcept { return static_cast<unsigned char>(text[at]); }

/// decode_utf8 with the common forms in line.
Decoded decoded(std::string_view text, std::size_t at) noexcept {
  const unsigned lead = byte_at(text, at);
  const std::size_t left = text.size() - at;
  if (lead >= 0xC2 && lead <= 0xDF && left >= 2) {
    const unsigned second = byte_at(text, at + 1);
    if ((second & 0xC0) == 0x80) return {(lead & 0x1F) << 6 | (second & 0x3F), 2};
  } else if (lead >= 0xE1 && lead <= 0xEF && lead != 0xED && left >= 3) {
    const unsigned second = byte_at(text, at + 1), third = byte_at(text, at + 2);
    if ((second & 0xC0) == 0x80 && (third & 0xC0) == 0x80) {
      return {(lead & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F), 3};
    }
  }
  return decode_utf8(text, at);
}

// Fewer than kMaxMarks, since the starter may be composed and bring its own.
constexpr std::size_t kQuietMarks = 16;

bool blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n'; }

}  // namespace

Quiet::Quiet(const NormalizeOptions& options, bool code) : code_(code) {
  constexpr unsigned char kNone = 0xFF;
  const Collapse collapse = code ? Collapse::none : options.collapse;
  tick_ = options.respect_code ? '`' : kNone;
  tilde_ = options.respect_code ? '~' : kNone;
  tab_ = collapse == Collapse::none ? kNone : '\t';
  line_ = collapse == Collapse::all ? '\n' : kNone;
  space2_ = collapse == Collapse::none ? kNone : ' ';
  line_behind_space_ = collapse == Collapse::lines ? '\n' : kNone;
  line2_ = collapse == Collapse::lines ? '\n' : kNone;
  line3_ = options.max_blank_lines == 0 ? kNone : '\n';  // two are enough then
  for (std::size_t c = 0; c < 256; ++c) {
    kind_[c] = c >= 0x80                                            ? wide
               : c == ' ' || c == '\n' || c == '\t'                 ? white
               : c < 0x20 || c == 0x7F || c == tick_ || c == tilde_ ? trouble
                                                                    : plain;
  }
  if (options.form == NormalForm::nfc) quick_ = unicode::kQuickNfc;
  if (options.form == NormalForm::nfkc) quick_ = unicode::kQuickNfkc;
  // Everything here that may be changed, or is white space to be looked at.
  const bool spaces = !code;
  const bool zero_width = options.zero_width == ZeroWidth::remove;
  line_ends_ = options.newlines == Newlines::lf || !code;
  c1_ = options.controls != Controls::keep || line_ends_;
  no_break_space_ = ideographic_space_ = spaces;
  soft_hyphen_ = mark_of_order_ = zero_width;
  minus_ = !code && options.dashes == Dashes::ascii;
  const auto mark = [&](unsigned first, unsigned last, bool troubles) {
    for (unsigned c = first; c <= last; ++c) punctuation_[c - 0x2000] = punctuation_[c - 0x2000] || troubles;
  };
  mark(0x2000, 0x200A, spaces);
  mark(0x202F, 0x202F, spaces);
  mark(0x205F, 0x205F, spaces);
  mark(0x2028, 0x2029, line_ends_);
  for (const unsigned c : {0x200Bu, 0x200Eu, 0x200Fu, 0x2060u}) mark(c, c, zero_width);
  mark(0x202A, 0x202E, zero_width);
  mark(0x2066, 0x2069, zero_width);
  mark(0x2018, 0x201F, !code && options.quotes == Quotes::straight);
  mark(0x2032, 0x2033, !code && options.quotes == Quotes::straight);
  mark(0x2010, 0x2015, !code && options.dashes == Dashes::ascii);
  mark(0x2026, 0x2026, !code && options.ellipsis == Ellipsis::dots);
}

bool Quiet::block(const char* at) const {
  const auto* bytes = reinterpret_cast<const unsigned char*>(at);
  unsigned char bad = 0;
  const unsigned char tick = tick_, tilde = tilde_, tab = tab_, line = line_, space2 = space2_,
                      behind = line_behind_space_, line2 = line2_, line3 = line3_;
  if (space2 == 0xFF) {
    for (std::size_t i = 0; i < kBlock; ++i) {
      const unsigned char c = bytes[i];
      bad = static_cast<unsigned char>(bad | (c >= 0x7F) | ((c < 0x20) & (c != '\t') & (c != '\n')) | (c == tick) |
                                       (c == tilde));
    }
    return bad == 0;
  }
  for (std::size_t i = 0; i < kBlock; ++i) {
    const unsigned char c = bytes[i], next = bytes[i + 1], third = bytes[i + 2];
    bad = static_cast<unsigned char>(bad | (c >= 0x7F) | ((c < 0x20) & (c != '\n')) | (c == tick) | (c == tilde) |
                                     (c == tab) | (c == line) | ((c == ' ') & ((next == space2) | (next == behind))) |
                                     ((c == '\n') & (next == line2) & ((line3 == 0xFF) | (third == line3))));
  }
  return bad == 0;
}

bool Quiet::white_is_quiet(std::string_view text, std::size_t at) const {
  const unsigned char c = byte_at(text, at);
  if (c == tab_ || c == line_) return false;
  const unsigned next = at + 1 < text.size() ? byte_at(text, at + 1) : 0;
  if (c == ' ') return next != space2_ && next != line_behind_space_;
  if (c != '\n' || next != line2_) return true;
  return line3_ != 0xFF && (at + 2 >= text.size() || byte_at(text, at + 2) != line3_);
}

/// Of those above ASCII that are no letters.
bool Quiet::symbol_is_quiet(char32_t c) const {
  if (c < 0xC0) return !((c < 0xA0 && c1_) || (c == 0xA0 && no_break_space_) || (c == 0xAD && soft_hyphen_));
  if (c < 0x1680) return true;
  if (c - 0x2000 < 0x70) return !punctuation_[c - 0x2000];
  return !((c == 0x3000 && ideographic_space_) || (c == 0x1680 && ideographic_space_) || (c == 0x2212 && minus_) ||
           (c == 0xFEFF && mark_of_order_));
}

bool Quiet::starts_group(std::string_view text, std::size_t at) const {
  const std::uint8_t kind = kind_[byte_at(text, at)];
  if (kind != wide) return kind != trouble;  // what goes lets the next one join
  const char32_t c = decoded(text, at).code_point;
  if (quick_ == 0 || !symbol_is_quiet(c)) return quick_ == 0;
  const auto& facts = unicode::facts(c);
  return facts.combining == 0 && (facts.flags & quick_) != 0;
}

std::size_t Quiet::end(std::string_view text, std::size_t at) const {
  const std::size_t start = at;
  std::size_t group = at;       // the last starter before `at`
  unsigned last = 0;            // class of the mark before `at`
  std::size_t marks = 0;        // since `group`
  bool far = false;             // nothing but ASCII was seen lately: look at blocks
  std::size_t next_block = at;  // not before here
  while (at < text.size()) {
    if (far && at >= next_block && at + kBlock + kAhead <= text.size()) {
      if (block(text.data() + at)) {
        at += kBlock;
        group = at - 1;
        marks = 0;
        last = 0;
        continue;
      }
      next_block = at + kBlock;
    }
    const unsigned char c = byte_at(text, at);
    const std::uint8_t kind = kind_[c];
    far = kind != wide;
    if (kind == trouble) break;
    if (kind != wide) {
      if (kind == white && !white_is_quiet(text, at)) break;
      group = at++;
      marks = 0;
      last = 0;
      continue;
    }
    const Decoded next = decoded(text, at);
    if (next.code_point == kReplacement && (next.bytes != 3 || c != 0xEF)) break;  // ill-formed
    if (!symbol_is_quiet(next.code_point)) break;
    if (quick_ != 0) {
      const auto& facts = unicode::facts(next.code_point);
      if ((facts.flags & quick_) == 0) break;
      if (facts.combining == 0) {
        group = at;
        marks = 0;
      } else if (facts.combining < last || ++marks > kQuietMarks) {
        break;
      }
      last = facts.combining;
    } else {
      group = at;
    }
    at += next.bytes;
  }
  // What follows may join the last group, and belong to the white space before it.
  if (code_) return group;
  std::size_t end = group;
  while (end > start && blank(text[end - 1])) --end;
  return end;
}

}  // namespace paritas::normalize
