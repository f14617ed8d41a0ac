#include "text/tokens.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "paritas/text/fold.hpp"
#include "paritas/text/stem_light.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"

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

constexpr std::uint64_t kOnes = 0x0101010101010101u;

/// Eight ASCII bytes in lower case.
constexpr std::uint64_t lower_ascii(std::uint64_t bytes) {
  const std::uint64_t from_a = bytes + (0x80 - 'A') * kOnes;  // no byte is above 0x7F: no carry leaves it
  const std::uint64_t beyond_z = bytes + (0x7F - 'Z') * kOnes;
  return bytes | ((from_a ^ beyond_z) & 0x80 * kOnes) >> 2;
}

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
    std::size_t at = 0;
    bool space = false;
    std::size_t word_count = 0;
    bool small_letters = false;
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
      } else if (!other(token, space)) {
        at = token.end;
        out_.list.pop_back();
        continue;
      }
      if (token.is_word()) {
        ++word_count;
        small_letters = small_letters || token.has(kLower);
      }
      at = token.end;
      space = false;
    }
    out_.shouts = word_count >= 4 && !small_letters;
    for (Token& token : out_.list) {
      if (!token.is_word()) continue;
      const std::uint32_t flags = token.word != 0 ? token.lex().flags : 0;
      token.capped = !out_.shouts && token.all_caps();
      const bool stop = (flags & lexicon::k_stop) != 0 && !token.capped;
      token.content = !stop && ((flags & lexicon::k_negative) == 0 || token.negated);
    }
  }

 private:
  /// A word that begins with an ASCII letter; almost all of them end at a space or at a mark that joins nothing.
  void ascii_word(Token& token) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text_.data());
    std::size_t end = token.start + 1;
    std::uint8_t rest = 0;
    while (end < text_.size() && (kBytes[bytes[end]] & (kLetter | kDigit)) != 0) rest |= kBytes[bytes[end++]];
    token.first = kBytes[bytes[token.start]] & (kUpper | kLower | kLetter | kDigit);
    token.rest = rest & (kUpper | kLower | kLetter | kDigit);
    if (end < text_.size()) {
      const unsigned char stop = bytes[end];
      const std::uint8_t kind = kBytes[stop];
      const std::uint8_t next = end + 1 < text_.size() ? kBytes[bytes[end + 1]] : std::uint8_t{kPlain};
      // Past ASCII anything may go on with the word; a joiner does with a letter, a digit or another joiner behind it.
      if ((kind & kPlain) == 0) return long_word(token);
      if ((kind & kJoiner) != 0) {
        const bool single_capital = end == token.start + 1 && (stop == '+' || stop == '#');
        const bool goes_on = (next & (kLetter | kDigit)) != 0 || (next & kPlain) == 0;
        if (single_capital || (goes_on && stop != '+' && stop != '#')) return long_word(token);
      }
    }
    token.end = end;
    token.kind = TermKind::word;
    const std::size_t size = end - token.start;
    token.several = size > 1;
    token.many_capitals =
        (token.first & token.rest & kUpper) != 0 ||
        ((token.rest & kUpper) != 0 && std::count_if(bytes + token.start, bytes + end,
                                                     [](unsigned char b) { return (kBytes[b] & kUpper) != 0; }) > 1);
    token.dotted = size == 1;
    if (size > Symbol::kMost) {
      std::string key(text_.substr(token.start, size));
      for (char& letter : key) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + ('a' - 'A'));
      }
      set_key(token, key);
      return;
    }
    Symbol key;
    if (token.start + 16 <= text_.size()) {
      std::memcpy(&key.low, bytes + token.start, 8);
      std::memcpy(&key.high, bytes + token.start + 8, 8);
      // Shifts by 64 have no meaning: the two halves are cut apart.
      key.low = size >= 8 ? key.low : key.low & ((std::uint64_t{1} << size * 8) - 1);
      key.high = size <= 8 ? 0 : key.high & ((std::uint64_t{1} << (size - 8) * 8) - 1);
      key.high |= static_cast<std::uint64_t>(size) << 56;
    } else {
      key = Symbol::of_short(text_.data() + token.start, size);
    }
    if (((token.first | token.rest) & kUpper) != 0) {
      key.low = lower_ascii(key.low);
      key.high = lower_ascii(key.high & ~(std::uint64_t{255} << 56)) | static_cast<std::uint64_t>(size) << 56;
    }
    set_short_key(token, key);
  }

  /// Any other term; false for spaces and transparent characters, `token.end` is set all the same.
  bool other(Token& token, bool& space) {
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
    const char last = last_letter(token.key);
    if (token.word == 0 && last != 's' && last != 'd' && last != 'g' && last != 'y' && last != 'e') {
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
