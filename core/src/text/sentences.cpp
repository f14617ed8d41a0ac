#include "paritas/text/sentences.hpp"

#include <array>
#include <string>

#include "paritas/text/fold.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "text/cut_sentences.hpp"
#include "text/lexicon.hpp"

namespace paritas {
namespace {

// Bytes that may begin a line break or a terminator; everything else is stepped over.
constexpr std::array<bool, 256> kCandidates = [] {
  std::array<bool, 256> bytes{};
  for (const char c : {'.', '!', '?', '\n', '\v', '\f', '\r'}) bytes[static_cast<unsigned char>(c)] = true;
  // Leads of U+0085, 061F, 06D4, 0964, 2026-2029, 3002, FF01-FF61.
  for (const unsigned c : {0xC2u, 0xD8u, 0xDBu, 0xE0u, 0xE2u, 0xE3u, 0xEFu}) bytes[c] = true;
  return bytes;
}();

constexpr bool is_full_terminator(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == U'｡'; }

constexpr bool is_closer(char32_t c) {
  switch (c) {
    case U'"':
    case U'\'':
    case U')':
    case U']':
    case U'}':
    case U'”':
    case U'’':
    case U'»':
    case U'）':
    case U'」':
    case U'』':
    case U'】':
    case U'›':
      return true;
    default:
      return false;
  }
}

constexpr bool is_bullet(char32_t c) {
  switch (c) {
    case U'-':
    case U'*':
    case U'•':
    case U'‣':
    case U'◦':
    case U'⁃':
    case U'▪':
      return true;
    default:
      return false;
  }
}

class Cutter {
 public:
  Cutter(std::string_view text, SpanList& spans) : text_(text), spans_(spans) {}

  /// At every byte that may begin a line break or a terminator.
  void run() {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text_.data());
    const std::size_t size = text_.size();
    std::size_t at = 0;
    for (;;) {
      while (at < size && !kCandidates[bytes[at]]) ++at;  // inside code points too: no continuation byte is a candidate
      if (at == size) break;
      at = read(at);
    }
    cut(size);
  }

  void run(const CandidateList& candidates) {
    std::size_t done = 0;
    for (const std::size_t at : candidates) {
      if (at >= done) done = read(at);
    }
    cut(text_.size());
  }

 private:
  /// Reads what stands at a candidate; one past it.
  std::size_t read(std::size_t at) {
    const Decoded here = decode(at);
    if (is_line_break(here.code_point)) return line_break(at);
    return is_terminator(here.code_point) ? terminator(at) : at + here.bytes;
  }
  [[nodiscard]] Decoded decode(std::size_t at) const { return decode_utf8(text_, at); }
  [[nodiscard]] bool is(std::size_t at, TextClass kind) const {
    return at < text_.size() && text_class(decode(at).code_point) == kind;
  }
  [[nodiscard]] bool blank(std::size_t at) const {
    const TextClass kind = text_class(decode(at).code_point);
    return kind == TextClass::space || kind == TextClass::transparent;
  }
  /// Where the code point before `at` starts; whole ones only, as decoding goes forward.
  [[nodiscard]] std::size_t before(std::size_t at, std::size_t floor) const {
    std::size_t start = at - 1;
    while (start > floor && at - start < 4 && (static_cast<unsigned char>(text_[start]) & 0xC0) == 0x80) --start;
    return start + decode(start).bytes == at ? start : at - 1;
  }

  void cut(std::size_t end) {
    std::size_t left = start_, right = end;
    while (left < right && blank(left)) left += decode(left).bytes;
    while (right > left) {
      const std::size_t last = before(right, left);
      if (!blank(last)) break;
      right = last;
    }
    if (left < right) spans_.push_back({left, right});
    start_ = end;
  }

  std::size_t line_break(std::size_t at) {
    std::size_t end = at;
    unsigned breaks = 0;
    while (is(end, TextClass::space)) {
      const Decoded here = decode(end);
      if (is_line_break(here.code_point)) {
        if (!(here.code_point == U'\n' && end > 0 && text_[end - 1] == '\r')) ++breaks;
        line_ = end + here.bytes;
        line_known_ = false;
      }
      end += here.bytes;
    }
    if (breaks >= 2 || list_item(end)) cut(end);
    return end;
  }

  /// Whether a line starts here with a bullet or "1." or "1)", and a space.
  [[nodiscard]] bool list_item(std::size_t at) const {
    if (at >= text_.size()) return false;
    std::size_t end = at;
    if (const Decoded here = decode(at); is_bullet(here.code_point)) {
      end += here.bytes;
    } else {
      unsigned digits = 0;
      while (digits < 4 && is(end, TextClass::digit)) {
        end += decode(end).bytes;
        ++digits;
      }
      if (digits < 1 || digits > 3 || end >= text_.size() || (text_[end] != '.' && text_[end] != ')')) return false;
      ++end;
    }
    return is(end, TextClass::space);
  }

  std::size_t terminator(std::size_t at) {
    std::size_t stop = at, end;
    bool full = false;
    while (stop < text_.size()) {
      const Decoded here = decode(stop);
      if (!is_terminator(here.code_point)) break;
      full = full || is_full_terminator(here.code_point);
      stop += here.bytes;
    }
    for (end = stop; end < text_.size();) {
      const Decoded here = decode(end);
      if (!is_closer(here.code_point)) break;
      end += here.bytes;
    }
    if (full || ends_sentence(at, stop, end)) cut(end);
    return end;
  }

  [[nodiscard]] bool two_letters_before(std::size_t at) const {
    if (at < 2) return false;
    const std::size_t last = before(at, 0);
    return is(last, TextClass::letter) && last > 0 && is(before(last, 0), TextClass::letter);
  }

  /// Whether the terminators text[at, stop), none of a script without spaces, with closers up to `end` end a sentence.
  bool ends_sentence(std::size_t at, std::size_t stop, std::size_t end) {
    const bool single = stop == at + 1 && text_[at] == '.' && end == stop;
    std::size_t next = end;
    while (is(next, TextClass::transparent)) next += decode(next).bytes;
    if (next < text_.size() && !is(next, TextClass::space)) {
      const Decoded here = decode(next);
      return single && two_letters_before(at) && category(here.code_point) == Category::Lu &&
             next + here.bytes < text_.size() && category(decode(next + here.bytes).code_point) == Category::Ll;
    }
    while (next < text_.size() && blank(next)) next += decode(next).bytes;
    if (next == text_.size()) return true;
    if (category(decode(next).code_point) == Category::Ll) return false;
    return !single || !abbreviates(at, next);
  }

  [[nodiscard]] bool word_class(std::size_t at) const {
    const TextClass kind = text_class(decode(at).code_point);
    return kind == TextClass::letter || kind == TextClass::mark || kind == TextClass::digit;
  }

  /// Where the line's first character stands that is no space.
  std::size_t first_of_line(std::size_t limit) {
    if (!line_known_) {
      line_first_ = line_;
      while (line_first_ < limit && is(line_first_, TextClass::space)) line_first_ += decode(line_first_).bytes;
      line_known_ = true;
    }
    return line_first_;
  }

  /// Whether the full stop at `stop` belongs to the piece before it: a list marker or an abbreviation.
  bool abbreviates(std::size_t stop, std::size_t next) {
    std::size_t start = stop, count = 0, digits = 0, dots = 0;
    std::size_t letters = 0;  // since the last dot, going back
    bool dotted = true;       // all letters stand alone between dots
    while (start > line_) {
      const std::size_t last = before(start, line_);
      const bool dot = text_[last] == '.' && last > line_ && is(before(last, line_), TextClass::letter);
      if (!dot && !word_class(last)) break;
      ++count;
      if (dot) {
        ++dots;
        dotted = dotted && letters == 1;
        letters = 0;
      } else {
        ++letters;
        digits += is(last, TextClass::digit) ? 1 : 0;
        dotted = dotted && is(last, TextClass::letter) && letters <= 1;
      }
      start = last;
    }
    if (count == 0) return false;
    if (count <= 3 && digits == count) return start == first_of_line(stop);
    dotted = dotted && dots > 0 && letters == 1;
    std::string piece;
    for (std::size_t i = start; i < stop; ++i) {
      if (text_[i] != '.') piece.push_back(text_[i]);
    }
    const lexicon::Word& word = look_up(piece);
    if (word.is(lexicon::k_title)) return true;
    const bool initial = count == 1 && category(decode(start).code_point) == Category::Lu && text_[start] != 'I';
    if (!dotted && !initial && !word.is(lexicon::k_abbreviation)) return false;
    if (category(decode(next).code_point) != Category::Lu) return true;
    std::size_t end = next;
    while (end < text_.size() && word_class(end)) end += decode(end).bytes;
    return !look_up(text_.substr(next, end - next)).is(lexicon::k_stop);
  }

  static const lexicon::Word& look_up(std::string_view surface) {
    std::string key;
    fold(surface, key);
    const bool known = key.size() <= Symbol::kMost;
    return lexicon::word_of(known ? lexicon::find(Symbol::of_short(key.data(), key.size())) : std::uint16_t{0});
  }

  std::string_view text_;
  SpanList& spans_;
  std::size_t start_ = 0;
  std::size_t line_ = 0;        // where the current line starts
  std::size_t line_first_ = 0;  // its first character that is no space, once it was asked for
  bool line_known_ = false;
};

}  // namespace

bool is_line_break(char32_t c) noexcept { return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool is_terminator(char32_t c) noexcept {
  switch (c) {
    case U'.':
    case U'!':
    case U'?':
    case U'…':
    case U'。':
    case U'！':
    case U'？':
    case U'｡':
    case U'।':
    case U'؟':
    case U'۔':
    case U'．':
      return true;
    default:
      return false;
  }
}

void cut_sentences(std::string_view text, const CandidateList& candidates, SpanList& spans) {
  Cutter(text, spans).run(candidates);
}

std::vector<Span> sentences(std::string_view text) {
  SpanList spans;
  Cutter(text, spans).run();
  return {spans.begin(), spans.end()};
}

}  // namespace paritas
