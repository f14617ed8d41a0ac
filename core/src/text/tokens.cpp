#include "text/tokens.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>

#include "paritas/text/fold.hpp"
#include "paritas/text/stem_light.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "text/ascii16.hpp"
#include "text/cut_endings.hpp"

namespace paritas {
namespace {

// What an ASCII byte is to the fast paths; the Surface bits of letters and digits are the low ones.
enum Byte : std::uint8_t { kJoiner = 64, kPlain = 128 };  // kPlain: ASCII

constexpr std::array<std::uint8_t, 256> kBytes = [] {
  std::array<std::uint8_t, 256> bytes{};
  for (unsigned c = 0; c < 128; ++c) {
    bytes[c] = kPlain;
    if (c >= 'a' && c <= 'z') bytes[c] |= kLetter | kLower;
    if (c >= 'A' && c <= 'Z') bytes[c] |= kLetter | kUpper;
    if (c >= '0' && c <= '9') bytes[c] |= kDigit;
    for (const char joiner : {'\'', '`', '.', '-', '_', '@', '&', '+', '#'}) {
      if (c == static_cast<unsigned>(joiner)) bytes[c] |= kJoiner;
    }
  }
  return bytes;
}();

/// The first `size` of sixteen bytes, as the two halves of a Symbol have them.
struct Halves {
  std::uint64_t low, high;
};
constexpr std::array<Halves, Symbol::kMost + 1> kFirst = [] {
  std::array<Halves, Symbol::kMost + 1> first{};
  for (unsigned i = 0; i < 8 * Symbol::kMost; ++i) {
    for (std::size_t size = i / 8 + 1; size < first.size(); ++size) {
      (i < 64 ? first[size].low : first[size].high) |= std::uint64_t{1} << i % 64;
    }
  }
  return first;
}();

/// The symbol of the first `size` of sixteen bytes, at most 15.
Symbol first_of(std::uint64_t low, std::uint64_t high, std::size_t size) {
  return {low & kFirst[size].low, (high & kFirst[size].high) | static_cast<std::uint64_t>(size) << 56};
}

/// Bit 1 for a, 26 for z: the letters that an ending which is cut can have at its end.
constexpr std::uint32_t kEndings =
    1u << ('s' & 31) | 1u << ('d' & 31) | 1u << ('g' & 31) | 1u << ('y' & 31) | 1u << ('e' & 31);

/// The code point at a place and the class it has; none at the end of the text.
struct Place {
  std::size_t at;
  std::size_t bytes = 0;
  char32_t c = 0;
  TextClass kind = TextClass::other;
  bool there = false;

  Place(std::string_view text, std::size_t start) : at(start) {
    if (start >= text.size()) return;
    const Decoded next = decode_utf8(text, start);
    bytes = next.bytes;
    c = next.code_point;
    kind = text_class(c);
    there = true;
  }
  [[nodiscard]] std::size_t end() const { return at + bytes; }
  [[nodiscard]] bool is(TextClass wanted) const { return there && kind == wanted; }
  [[nodiscard]] bool in_word() const {
    return there && (kind == TextClass::letter || kind == TextClass::mark || kind == TextClass::digit);
  }
  [[nodiscard]] std::uint8_t surface() const {
    if (c < 128) return kBytes[c] & (kUpper | kLower | kLetter | kDigit);
    const Category category_of_c = category(c);
    std::uint8_t bits = 0;
    if (kind == TextClass::digit) bits |= kDigit;
    if (is_letter(category_of_c)) bits |= kLetter;
    if (category_of_c == Category::Lu) bits |= kUpper;
    if (category_of_c == Category::Ll) bits |= kLower;
    return bits;
  }
};

class Tokenizer {
 public:
  Tokenizer(std::string_view text, LongWords& words, Tokens& out) : text_(text), words_(words), out_(out) {}

  void run() {
    out_.list.reserve(text_.size() / 5 + 16);  // most texts have fewer
    const std::size_t tail = std::min(text_.size(), kTail);
    tail_start_ = text_.size() - tail;
    if (tail != 0) std::memcpy(tail_, text_.data() + tail_start_, tail);
    std::memset(tail_ + tail, 0, sizeof tail_ - tail);

    std::size_t at = 0;
    bool space = false;
    while (at < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at]);
      if (c == ' ') {
        space = true;
        ++at;
        continue;
      }
      Token& token = out_.list.emplace_back();
      token.start = at;
      token.space_before = space;
      if ((kBytes[c] & kLetter) != 0) {
        ascii_word(token);
      } else if (!other(token, c, space)) {
        at = token.end;
        out_.list.pop_back();
        continue;
      }
      at = token.end;
      space = false;
      if (unread_count_ == kBlock) read_words(out_.list.size());
    }
    read_words(out_.list.size());
    out_.shouts = word_count_ >= 4 && !small_letters_;
    if (!out_.shouts) return;
    for (Token& token : out_.list) {
      if (token.is_word()) set_content(token, false);
    }
  }

 private:
  static constexpr std::size_t kTail = 16, kBlock = 64;

  /// Looks up the words of the tokens before `end` that have only a key so far, then sees what each term may begin.
  /// First all numbers and then what they mean: what no branch waits for, the machine does many at a time.
  void read_words(std::size_t end) {
    std::uint16_t numbers[kBlock];
    for (std::size_t i = 0; i < unread_count_; ++i) numbers[i] = lexicon::find(out_.list[unread_[i].token].key);
    Unread* const rare = unread_;  // those that need more: where one goes, all before it are read already
    std::size_t rare_count = 0;
    for (std::size_t i = 0; i < unread_count_; ++i) {
      const Unread unread = unread_[i];
      Token& token = out_.list[unread.token];
      const std::uint16_t number = numbers[i];
      const Symbol& known = lexicon::symbol_of(lexicon::kRoots[number]);
      const Symbol stem = number != 0 ? known : token.key;
      token.word = number;
      token.root = lexicon::kRoots[number];
      token.stem = stem;
      rare[rare_count] = unread;
      const unsigned contraction = lexicon::kRoles[number] & lexicon::kContraction;
      rare_count += static_cast<unsigned>((static_cast<unsigned>(unread.cut) & static_cast<unsigned>(number == 0)) |
                                          static_cast<unsigned>(contraction != 0));
    }
    for (std::size_t i = 0; i < rare_count; ++i) {
      Token& token = out_.list[rare[i].token];
      if (token.word != 0) {
        set_known_key(token, token.key);
      } else {
        cut_stem(token);
      }
    }
    unread_count_ = 0;
    std::size_t words = 0, small = 0;
    for (std::size_t at = seen_; at < end; ++at) {
      Token& token = out_.list[at];
      if (token.kind == TermKind::word) {
        ++words;
        small |= (token.first | token.rest) & kLower;
        const bool capped = token.all_caps();
        set_content(token, capped);
        const unsigned roles = lexicon::kRoles[token.word], root = lexicon::kRoles[token.root];
        const bool cue = (roles & lexicon::kCue) | (root & lexicon::kCueStem) | static_cast<unsigned>(token.negated);
        if (capped | ((roles & lexicon::kBeginsNumber) != 0)) {
          out_.number_starts.push_back(static_cast<std::uint32_t>(at));
        }
        if (cue) out_.cue_starts.push_back(static_cast<std::uint32_t>(at));
      } else if (token.kind == TermKind::number || token.mark == U'-' || token.mark == U'$' || token.mark >= 128) {
        out_.number_starts.push_back(static_cast<std::uint32_t>(at));
      }
    }
    seen_ = end;
    word_count_ += words;
    small_letters_ = small_letters_ || small != 0;
  }

  static void set_content(Token& token, bool capped) {
    const unsigned roles = lexicon::kRoles[token.word];
    token.capped = capped;
    // Without branches, as nobody can guess which words are content.
    const bool stop = ((roles & lexicon::kStop) != 0) & !capped;
    const bool negative = ((roles & lexicon::kNegative) != 0) & !token.negated;
    token.content = !(stop | negative);
  }

  /// Sixteen bytes of the text, zeros behind its end.
  [[nodiscard]] const char* sixteen(std::size_t at) const {
    return at + 16 <= text_.size() ? text_.data() + at : tail_ + (at - tail_start_);
  }
  [[nodiscard]] std::uint8_t byte_at(std::size_t at) const {
    return at < text_.size() ? kBytes[static_cast<unsigned char>(text_[at])] : std::uint8_t{kPlain};
  }

  /// Whether a word that begins with an ASCII letter and was read up to `end` ends there.
  [[nodiscard]] bool ends_at(std::size_t end, bool single_capital) const {
    const std::uint8_t kind = byte_at(end);
    if ((kind & kJoiner) == 0) return (kind & kPlain) != 0;  // past ASCII anything may go on with the word
    const char joiner = text_[end];
    if (joiner == '+' || joiner == '#') return !single_capital;
    // A joiner goes on with a letter, a digit or what is no ASCII behind it; a hyphen with no letter.
    const std::uint8_t next = byte_at(end + 1);
    return (next & kPlain) != 0 && (next & (joiner == '-' ? kDigit : kLetter | kDigit)) == 0;
  }

  /// A word that begins with an ASCII letter; almost all of them end at a space or at a mark that joins nothing.
  void ascii_word(Token& token) {
    const Ascii16 bytes = Ascii16::of(sixteen(token.start));
    const auto size = static_cast<std::size_t>(std::countr_one(bytes.letters | bytes.digits));
    if (size > Symbol::kMost) return long_ascii_word(token);
    const std::uint32_t inside = (1u << size) - 1;
    const std::uint32_t upper = bytes.upper & inside;
    const std::size_t end = token.start + size;
    if (!ends_at(end, size == 1 && upper != 0)) {
      if (text_[end] == '\'' && contraction(token, bytes, size)) return;
      return long_word(token);
    }
    const std::uint32_t digits = bytes.digits & inside;
    set_surface(token, end, size, upper, bytes.letters & inside & ~upper, digits);
    token.key = first_of(bytes.low, bytes.high, size);
    const bool cut = (digits == 0) & ((kEndings >> (text_[end - 1] & 31) & 1) != 0);
    unread_[unread_count_++] = {static_cast<std::uint32_t>(out_.list.size() - 1), cut};
  }

  /// What the masks of its characters say of a word; bit 0 is the first one, which is a letter.
  static void set_surface(Token& token, std::size_t end, std::size_t size, std::uint32_t upper, std::uint32_t lower,
                          std::uint32_t digits) {
    token.kind = TermKind::word;
    token.end = end;
    token.first = static_cast<std::uint8_t>(kLetter | ((upper & 1) != 0 ? kUpper : kLower));
    token.rest = static_cast<std::uint8_t>((upper > 1 ? kLetter | kUpper : 0) | (lower > 1 ? kLetter | kLower : 0) |
                                           (digits != 0 ? kDigit : 0));
    token.several = size > 1;
    token.many_capitals = (upper & (upper - 1)) != 0;
    token.dotted = size == 1;
  }

  /// A word of ASCII letters with one apostrophe between them, as "don't", within sixteen bytes.
  bool contraction(Token& token, const Ascii16& bytes, std::size_t apostrophe) {
    const std::uint32_t apostrophe_bit = 1u << apostrophe;
    const auto size = static_cast<std::size_t>(std::countr_one(bytes.letters | apostrophe_bit));
    if (size > Symbol::kMost || size == apostrophe + 1) return false;
    const std::uint32_t inside = (1u << size) - 1;
    if ((bytes.digits & (inside << 1 | inside)) != 0) return false;
    const std::size_t end = token.start + size;
    if (!ends_at(end, false)) return false;
    const std::uint32_t upper = bytes.upper & inside;
    set_surface(token, end, size, upper, bytes.letters & inside & ~upper, 0);
    const Symbol key = first_of(bytes.low, bytes.high, size);
    folded_.resize(size);
    std::memcpy(folded_.data(), &key.low, std::min<std::size_t>(size, 8));
    if (size > 8) std::memcpy(folded_.data() + 8, &key.high, size - 8);
    read_key(token);
    return true;
  }

  void long_ascii_word(Token& token) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text_.data());
    constexpr std::uint8_t kSurface = kUpper | kLower | kLetter | kDigit;
    token.first = kBytes[bytes[token.start]] & kSurface;
    std::size_t end = token.start + 1, capitals = (token.first & kUpper) != 0 ? 1 : 0;
    std::uint8_t rest = 0;
    for (; end < text_.size() && (kBytes[bytes[end]] & (kLetter | kDigit)) != 0; ++end) {
      rest |= kBytes[bytes[end]];
      capitals += (kBytes[bytes[end]] & kUpper) != 0 ? 1 : 0;
    }
    if (!ends_at(end, false)) return long_word(token);
    token.rest = rest & kSurface;
    token.end = end;
    token.kind = TermKind::word;
    token.several = true;
    token.many_capitals = capitals > 1;
    std::string key(text_.substr(token.start, end - token.start));
    for (char& letter : key) {
      if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + ('a' - 'A'));
    }
    set_key(token, key);
  }

  /// Any other term; false for spaces and transparent characters, `token.end` is set all the same.
  bool other(Token& token, unsigned char c, bool& space) {
    if (c < 128 && kAsciiClass[c] != TextClass::digit && (c != '.' || !maybe_digit(token.start + 1))) {
      return ascii_mark(token, c, space);
    }
    const Place here(text_, token.start);
    token.end = here.end();
    if (here.kind == TextClass::space || here.kind == TextClass::transparent) {
      space = space || here.kind == TextClass::space;
      if (is_line_break(here.c)) out_.candidates.push_back(token.start);
      return false;
    }
    if (here.kind == TextClass::digit || (here.c == U'.' && starts_fraction(token.start))) {
      if (number(token)) return true;
      long_word(token);
      return true;
    }
    if (here.kind == TextClass::letter) {
      long_word(token);
      return true;
    }
    token.kind = here.kind == TextClass::unspaced ? TermKind::character : TermKind::mark;
    if (token.kind == TermKind::mark) {
      token.mark = here.c;
      if (is_terminator(here.c)) out_.candidates.push_back(token.start);
    }
    if (here.c < 128) {
      const char byte = here.c == U'`' ? '\'' : static_cast<char>(here.c);
      token.key = Symbol::of_short(&byte, 1);
    } else {
      folded_.clear();
      fold(text_.substr(token.start, here.bytes), folded_);
      token.key = words_.symbol(folded_);
      token.word = lexicon::find(token.key);  // a circled letter reads as its letter
    }
    token.stem = token.key;
    return true;
  }

  /// Whether a digit may stand there, of any script.
  [[nodiscard]] bool maybe_digit(std::size_t at) const {
    return (byte_at(at) & kDigit) != 0 || (byte_at(at) & kPlain) == 0;
  }

  /// An ASCII character that is no letter, no digit and no point before one; false for spaces.
  bool ascii_mark(Token& token, unsigned char c, bool& space) {
    token.end = token.start + 1;
    if (kAsciiClass[c] == TextClass::space) {
      space = true;
      if (is_line_break(c)) out_.candidates.push_back(token.start);
      return false;
    }
    token.kind = TermKind::mark;
    token.mark = c;
    if (c == '.' || c == '!' || c == '?') out_.candidates.push_back(token.start);
    token.key = {c == '`' ? std::uint64_t{'\''} : c, std::uint64_t{1} << 56};
    token.stem = token.key;
    return true;
  }

  [[nodiscard]] bool starts_fraction(std::size_t at) const {
    if (!Place(text_, at + 1).is(TextClass::digit)) return false;
    if (at == 0) return true;
    std::size_t before = at - 1;
    // Back to the start of the code point; in ill-formed bytes the one just before decides, as no letter ends there.
    while (before > 0 && at - before < 4 && (static_cast<unsigned char>(text_[before]) & 0xC0) == 0x80) --before;
    const Place place(text_, before);
    const bool whole = place.end() == at;
    return !(whole && (place.is(TextClass::letter) || place.is(TextClass::digit)));
  }

  bool number(Token& token) {
    NumberTerm term;
    BeforeNumber before;
    if (out_.list.size() > 1) {
      if (unread_count_ != 0) read_words(out_.list.size() - 1);
      const Token& last = out_.list[out_.list.size() - 2];
      before.currency = last.kind == TermKind::mark && lexicon::currency_sign(last.mark) != 0;
      before.decade = last.lex().is(lexicon::k_before_decade);
    }
    if (!read_number_term(text_, token.start, before, term)) return false;
    token.kind = TermKind::number;
    token.end = term.end;
    token.numeral = static_cast<std::uint32_t>(out_.numerals.size());
    out_.numerals.push_back(term);
    folded_.clear();
    fold(text_.substr(token.start, token.end - token.start), folded_);
    token.key = words_.symbol(folded_);
    token.stem = token.key;
    return true;
  }

  /// A word by the full rules, code point by code point.
  void long_word(Token& token) {
    const Place start(text_, token.start);
    std::size_t at = token.start, count = 0, capitals = 0;
    Place last = start;  // the last character that is not transparent
    std::size_t letters = 0;
    bool dotted = true, pointed = false, pieces = true;
    std::uint8_t rest = 0;
    std::size_t piece = 0;
    while (at < text_.size()) {
      const Place here(text_, at);
      if (here.in_word()) {
        ++letters;
        dotted = dotted && here.kind == TextClass::letter && letters == 1;
        last = here;
      } else if (here.kind != TextClass::transparent) {
        if (!joins(last, here, dotted)) break;
        dotted = dotted && here.c == U'.';
        letters = 0;
        last = here;
      }
      if (here.kind != TextClass::transparent) {
        std::uint8_t bits = here.surface();
        if (here.c == U'.') bits |= kPoint;
        if (here.c == U'@' || here.c == U'_' || here.c == U'&') bits |= kSign;
        if ((bits & kUpper) != 0) ++capitals;
        if (count == 0) {
          token.first = bits;
        } else {
          rest |= bits;
        }
        ++count;
        piece = here.c == U'.' ? 0 : piece + 1;
        pieces = pieces && piece <= 1;
        pointed = pointed || here.c == U'.';
      }
      token.transparent = token.transparent || here.kind == TextClass::transparent;
      at = here.end();
    }
    const bool single = count == 1 && (token.first & kUpper) != 0;
    if (dotted && pointed && at < text_.size() && text_[at] == '.') {
      out_.candidates.push_back(at);
      ++at;  // U.S. and e.g. own their last dot
      rest |= kPoint;
      ++count;
    } else if (single && text_.substr(at, 2) == "++") {
      at += 2;
      count += 2;
      pieces = false;
    } else if (single && at < text_.size() && text_[at] == '#') {
      ++at;
      ++count;
      pieces = false;
    }
    token.end = at;
    token.kind = TermKind::word;
    token.rest = rest;
    token.several = count > 1;
    token.many_capitals = capitals > 1;
    token.dotted = pieces;
    folded_.clear();
    fold(text_.substr(token.start, token.end - token.start), folded_);
    read_key(token);
  }

  [[nodiscard]] bool joins(const Place& last, const Place& joiner, bool dotted) const {
    const Place q(text_, joiner.end());
    if (!q.there) return false;
    const bool p_letter = last.kind == TextClass::letter, p_digit = last.kind == TextClass::digit;
    const bool q_letter = q.kind == TextClass::letter, q_digit = q.kind == TextClass::digit;
    if (joiner.kind == TextClass::apostrophe) return (p_letter || last.kind == TextClass::mark) && q_letter;
    if (joiner.c == U'.') {
      if (dotted && q_letter && !Place(text_, q.end()).in_word()) return true;
      if (p_digit && q_digit) return true;
      return (p_digit || (last.surface() & kLower) != 0) && (q.surface() & kLower) != 0;
    }
    if (joiner.kind == TextClass::hyphen) return p_letter && q_digit;
    if (joiner.c == U'_' || joiner.c == U'@') return (p_letter || p_digit) && (q_letter || q_digit);
    return joiner.c == U'&' && (last.surface() & kUpper) != 0 && (q.surface() & kUpper) != 0;
  }

  /// The key of the folded word, and whether it carries a negation.
  void read_key(Token& token) {
    std::string& key = folded_;
    if (key.find('.') != std::string::npos) drop_dots(key);
    const std::string_view view = key;
    if (view.size() >= 3 && view.substr(view.size() - 3) == "n't") {
      token.negated = true;
      const std::string_view head = view.substr(0, view.size() - 3);
      key = head.empty()    ? "not"
            : head == "ca"  ? "can"
            : head == "wo"  ? "will"
            : head == "sha" ? "shall"
            : head == "ai"  ? "be"
                            : std::string(head);
      set_key(token, key, false);
      return;
    }
    const std::uint16_t number =
        key.size() <= Symbol::kMost ? lexicon::find(Symbol::of_short(key.data(), key.size())) : std::uint16_t{0};
    if (!lexicon::word_of(number).negated) {
      for (const std::string_view ending : {"'s", "'re", "'ve", "'ll", "'d", "'m"}) {
        if (view.size() >= ending.size() && view.substr(view.size() - ending.size()) == ending) {
          key.resize(key.size() - ending.size());
          // What is left has its meaning already: "dont's" is no contraction any more.
          set_key(token, key, false);
          return;
        }
      }
    }
    set_key(token, key);
  }

  /// "u.s." becomes "us" where every piece is one letter.
  static void drop_dots(std::string& key) {
    std::string letters;
    std::size_t at = 0;
    while (at < key.size()) {
      const Place letter(key, at);
      if (letter.kind != TextClass::letter) return;
      letters += key.substr(at, letter.bytes);
      at = letter.end();
      if (at == key.size()) break;
      if (key[at] != '.') return;
      ++at;
    }
    key = std::move(letters);
  }

  void set_key(Token& token, const std::string& key, bool contractions = true) {
    if (key.size() <= Symbol::kMost)
      return set_short_key(token, Symbol::of_short(key.data(), key.size()), contractions);
    token.key = words_.symbol(key);
    token.stem = words_.symbol(stem(key));
    if (!token.stem.is_long()) token.root = lexicon::find(token.stem);
  }

  void set_short_key(Token& token, const Symbol& key, bool contractions = true) {
    token.word = lexicon::find(key);
    set_known_key(token, key, contractions);
  }

  /// After token.word is set.
  void set_known_key(Token& token, const Symbol& key, bool contractions = true) {
    token.key = key;
    if (token.word != 0) {
      const lexicon::Word& word = token.lex();
      const bool contracted = word.negated && contractions;
      if (contracted) {
        token.negated = true;
        token.word = word.key;
        token.key = lexicon::symbol_of(token.word);
      }
      if (contracted || !word.negated) {
        token.root = word.stem != 0 ? word.stem : token.word;
        token.stem = lexicon::symbol_of(token.root);
        return;
      }
    }
    // Irregular forms are words of the lexicon; any other changes only at one of these endings.
    if (token.word == 0 && (kEndings >> (last_letter(key) & 31) & 1) == 0) {
      token.stem = token.key;
      return;
    }
    char letters[16], out[17];
    std::memcpy(letters, &token.key.low, 8);
    std::memcpy(letters + 8, &token.key.high, 8);
    const std::size_t size = stem_light(letters, static_cast<std::size_t>(token.key.length()), out);
    token.stem = Symbol::of_short(out, size);
    token.root = token.stem == token.key ? token.word : lexicon::find(token.stem);
  }

  /// Of a word of up to 15 ASCII letters that the lexicon does not have.
  static void cut_stem(Token& token) {
    const auto size = static_cast<std::size_t>(token.key.length());
    char letters[16];
    std::memcpy(letters, &token.key.low, 8);
    std::memcpy(letters + 8, &token.key.high, 8);
    const std::size_t left = cut_endings(letters, size);
    if (left == size) return;  // whatever is cut makes a word shorter
    Symbol stem;
    std::memcpy(&stem.low, letters, 8);
    std::memcpy(&stem.high, letters + 8, 8);
    token.stem = first_of(stem.low, stem.high, left);
    token.root = lexicon::find(token.stem);
  }

  static char last_letter(const Symbol& key) {
    const std::uint64_t length = key.length();
    if (length == 0) return 0;
    const std::uint64_t half = length <= 8 ? key.low : key.high;
    return static_cast<char>(half >> ((length - 1) % 8 * 8) & 0xFF);
  }

  std::string_view text_;
  LongWords& words_;
  Tokens& out_;
  std::string folded_;
  char tail_[2 * kTail];  // the end of the text and zeros
  std::size_t tail_start_ = 0;

  struct Unread {
    std::uint32_t token;
    bool cut;  // has an ending that a stem may lose
  };
  Unread unread_[kBlock];  // words that were not looked up yet
  std::size_t unread_count_ = 0;
  std::size_t seen_ = 0;  // tokens that were
  std::size_t word_count_ = 0;
  bool small_letters_ = false;
};

}  // namespace

void tokenize(std::string_view text, LongWords& words, Tokens& out) { Tokenizer(text, words, out).run(); }

std::string_view surface_of(std::string_view text, const Token& token, std::string& scratch) {
  const std::string_view whole = text.substr(token.start, token.end - token.start);
  if (!token.transparent) return whole;
  scratch.clear();
  for (std::size_t at = 0; at < whole.size();) {
    const Place here(whole, at);
    if (here.kind != TextClass::transparent) scratch += whole.substr(at, here.bytes);
    at = here.end();
  }
  return scratch;
}

std::string_view name(TermKind kind) noexcept {
  switch (kind) {
    case TermKind::word:
      return "word";
    case TermKind::number:
      return "number";
    case TermKind::character:
      return "char";
    case TermKind::mark:
      return "mark";
  }
  return "";
}

std::vector<Term> terms(std::string_view text) {
  LongWords words;
  Tokens tokens;
  tokenize(text, words, tokens);
  std::vector<Term> out;
  out.reserve(tokens.list.size());
  for (const Token& token : tokens.list) {
    out.push_back({token.kind,
                   {token.start, token.end},
                   words.text(token.key),
                   words.text(token.stem),
                   token.negated,
                   token.space_before});
  }
  return out;
}

}  // namespace paritas
