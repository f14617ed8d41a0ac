#include "ocr/text_quality_token.hpp"

#include <algorithm>
#include <string>

#include "ocr/bigram_table.hpp"
#include "paritas/text/unicode.hpp"

namespace paritas {

namespace {

using enum QualityRule;

constexpr std::u32string_view kAddresses[] = {U"http://", U"https://", U"www."};
constexpr std::u32string_view kProse = U".,:;()!?/-'\"%&";  // ASCII that stands between letters of any script
constexpr std::u32string_view kJoiners = U"-\u2010'\u2019\u00B4`/._&@:+\u00B7#";
constexpr std::u32string_view kHyphens = U"-'\u2019\u2010";
constexpr unsigned kVowels = 1U << 1 | 1U << 5 | 1U << 9 | 1U << 15 | 1U << 21 | 1U << 25;  // a e i o u y
constexpr std::uint8_t kEdge = 0;

constexpr bool one_of(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

constexpr bool is_ascii_space(unsigned c) { return c == ' ' || c - 9 < 5; }
/// ASCII punctuation and symbols that are not odd.
constexpr bool is_plain_sign(unsigned c) {
  return c - '!' < 15 || c - ':' < 7 ? c != '<' && c != '>' : c == '[' || c == ']';
}

/// Equal for letters that differ in case only.
char32_t without_case(char32_t c, const TextCharacter& is) {
  if ((is.flags & kLowers) == 0 || c == 0x130) return c;  // the lower case of U+0130 is longer, and no other's
  if (c < 128) return c + 32;
  std::u32string lower;
  append_lower(lower, c);
  return lower[0];
}

}  // namespace

/// The most frequent token: ASCII letters, of which the first alone may be a capital, between at most four signs that are
/// not odd. The same factors as judge() finds, from one walk over the bytes. False where another token begins.
bool TokenReader::plain_word(std::size_t start, QualityToken& token) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text_.size() ? static_cast<unsigned char>(text_[i]) : ' ';
  };
  std::size_t at = start;
  while (is_plain_sign(byte(at))) ++at;
  const std::size_t first = at;
  const unsigned initial = byte(at);
  Letters letters;
  std::uint8_t before = kEdge;
  std::size_t run = 0;
  bool repeats = false;
  for (unsigned c = initial | 0x20; c - 'a' < 26; c = byte(at)) {
    const auto letter = static_cast<std::uint8_t>(c - 'a' + 1);
    run = letter == before ? run + 1 : 1;
    repeats |= run >= 4;
    letters.cost += kBigramCost[before][letter];
    letters.folded |= 1U << letter;
    before = letter;
    ++at;
  }
  const std::size_t last = at;
  if (last == first) return false;
  while (is_plain_sign(byte(at))) ++at;
  const std::size_t signs = (first - start) + (at - last);
  if (signs > 4 || !is_ascii_space(byte(at))) return false;

  letters.count = last - first;
  letters.pairs = letters.count + 1;
  letters.cost += kBigramCost[before][kEdge];
  letters.capital = letters.count == 1 && initial < 'a';
  Part part;
  if (letters.count > 40) part.lower_by(too_long, 0.3);
  if (repeats) part.lower_by(repeat, 0.2);
  part.judge(letters);
  token.span = {start, at};
  token.length = at - start;
  token.single = token.length == 1;
  token.rules = part.rules;
  if (part.factor < 1.0) {
    const auto length = static_cast<double>(letters.count);
    token.quality = length * part.factor / length;  // the only part, as parts() weighs it
  }
  count_alike(token.span, false);
  if (alike_ >= 4) token.lower_by(token_repeat, 0.2);
  at_ = at;
  return true;
}

/// The token that begins at `start`, or false for White_Space.
bool TokenReader::any_token(std::size_t start, QualityToken& token) {
  word_.clear();
  of_word_ = {};
  bool ill_formed = false;
  std::size_t at = start;
  while (at < text_.size()) {
    const auto byte = static_cast<unsigned char>(text_[at]);
    const Decoded next = byte < 0x80 ? Decoded{byte, 1} : decode_utf8(text_, at);
    const TextCharacter& is = text_character(next.code_point);
    if (is.kind == TextKind::space) {
      if (word_.empty()) at += next.bytes;
      break;
    }
    word_.push_back({next.code_point, is});
    of_word_.flags |= is.flags;
    of_word_.kinds |= 1U << static_cast<unsigned>(is.kind);
    ill_formed |= next.code_point == kReplacement;
    at += next.bytes;
  }
  at_ = at;
  if (word_.empty()) return false;
  token.span = {start, at};
  token.length = word_.size();
  count_alike(token.span, ill_formed);
  judge(token);
  return true;
}

void TokenReader::count_alike(Span span, bool ill_formed) {
  const bool again =
      span.of(text_) == before_.of(text_) || ((ill_formed || before_ill_formed_) && same_points(span, before_));
  alike_ = again ? alike_ + 1 : 1;
  before_ = span;
  before_ill_formed_ = ill_formed;
}

/// Whether two tokens are equal where ill-formed bytes count as U+FFFD.
bool TokenReader::same_points(Span a, Span b) const {
  while (a.start < a.end && b.start < b.end) {
    const Decoded left = decode_utf8(text_, a.start), right = decode_utf8(text_, b.start);
    if (left.code_point != right.code_point) return false;
    a.start += left.bytes;
    b.start += right.bytes;
  }
  return a.start == a.end && b.start == b.end;
}

void TokenReader::judge(QualityToken& token) {
  const Word word(word_);
  token.single = word.size() == 1 && (word[0].is.kind == TextKind::sign || is_named(word[0].is.kind));
  if ((of_word_.flags & kBad) != 0) {
    const auto bad = std::count_if(word.begin(), word.end(), [](const Seen& c) { return (c.is.flags & kBad) != 0; });
    token.lower_by(bad_char, 1.0 - std::min(1.0, 2.0 * static_cast<double>(bad) / static_cast<double>(word.size())));
  }
  if (of_word_.only(TextKind::sign)) {
    token.lower_by(QualityRule::symbols, symbols(word));
    return;
  }
  Word core = word;
  if (of_word_.has(TextKind::sign)) {
    const auto is_sign = [](const Seen& c) { return c.is.kind == TextKind::sign; };
    const auto first = std::find_if_not(word.begin(), word.end(), is_sign);
    const auto last = std::find_if_not(word.rbegin(), word.rend(), is_sign).base();
    const auto odd = [](const Seen& c) { return (c.is.flags & kOdd) != 0; };
    core = Word(first, last);
    const bool many = word.size() - core.size() > 4;
    token.lower_by(edge_symbols,
                   many || std::any_of(word.begin(), first, odd) || std::any_of(last, word.end(), odd) ? 0.6 : 1.0);
  }
  if (stands_alone(core)) return;
  if (of_word_.has(TextKind::sign)) token.lower_by(QualityRule::inner_punct, inner_punct(core));
  token.quality *= parts(core, token.rules);
  const unsigned letters = of_word_.kinds >> static_cast<unsigned>(TextKind::latin);
  if (alike_ >= 4 && letters != 0) token.lower_by(token_repeat, 0.2);
}

double TokenReader::symbols(Word word) {
  const bool odd = std::any_of(word.begin(), word.end(), [](const Seen& c) { return (c.is.flags & kOdd) != 0; });
  if (word.size() == 1) return odd ? 0.4 : 1.0;
  const bool equal =
      std::all_of(word.begin(), word.end(), [&](const Seen& c) { return c.code_point == word[0].code_point; });
  if (equal) return 1.0;
  return word.size() <= 3 && !odd ? 0.8 : 0.4;
}

/// A number with what stands in numbers, or an address: not taken apart.
bool TokenReader::stands_alone(Word core) {
  if ((core[0].is.flags & kNumeric) != 0) {  // a number may begin with an x too
    std::size_t digits = 0;
    const bool numeric = std::all_of(core.begin(), core.end(), [&](const Seen& c) {
      if (c.is.kind == TextKind::digit) ++digits;
      return (c.is.flags & kNumeric) != 0;
    });
    if (numeric && 2 * digits >= core.size()) return true;
  }
  if (core[0].code_point != U'h' && core[0].code_point != U'w') return false;
  const auto starts = [&](std::u32string_view address) {
    return core.size() >= address.size() && std::equal(address.begin(), address.end(), core.begin(),
                                                       [](char32_t a, const Seen& b) { return a == b.code_point; });
  };
  return std::any_of(std::begin(kAddresses), std::end(kAddresses), starts);
}

double TokenReader::inner_punct(Word core) {
  const auto solid = [](TextKind kind) { return kind == TextKind::digit || is_named(kind); };
  bool at_sign = false, two = false;
  char32_t joiner = 0;  // the first that is no hyphen
  for (std::size_t i = 1; i + 1 < core.size(); ++i) {
    if (core[i].is.kind != TextKind::sign) continue;
    const TextKind left = core[i - 1].is.kind, right = core[i + 1].is.kind;
    if (!(is_letter(left) || left == TextKind::digit) || !(is_letter(right) || right == TextKind::digit)) continue;
    const char32_t sign = core[i].code_point;
    if (!(solid(left) && solid(right)) && !(sign < 128 && !one_of(kProse, sign))) continue;
    if (!one_of(kJoiners, sign)) return 0.6;
    at_sign |= sign == U'@';
    if (one_of(kHyphens, sign)) continue;
    two |= joiner != 0 && joiner != sign;
    joiner = sign;
  }
  return two && !at_sign ? 0.6 : 1.0;
}

/// The factors of the parts between signs, each weighing as much as it is long.
double TokenReader::parts(Word core, QualityRules& rules) {
  const bool whole = !of_word_.has(TextKind::sign), seen = !of_word_.has(TextKind::unseen);
  double total = 0.0;
  std::size_t length = 0;
  const auto add = [&](Word part) {
    if (part.empty()) return;
    const std::size_t points = part.size();
    if (!seen) {
      part_.clear();
      std::copy_if(part.begin(), part.end(), std::back_inserter(part_),
                   [](const Seen& c) { return c.is.kind != TextKind::unseen; });
      part = part_;
    }
    const Part judged = judge_part(part);
    rules.bits = static_cast<std::uint16_t>(rules.bits | judged.rules.bits);
    total += static_cast<double>(points) * judged.factor;
    length += points;
  };
  if (whole) {
    add(core);
  } else {
    std::size_t start = 0;
    for (std::size_t i = 0; i <= core.size(); ++i) {
      if (i < core.size() && core[i].is.kind != TextKind::sign) continue;
      add(core.subspan(start, i - start));
      start = i + 1;
    }
  }
  return total / static_cast<double>(length);
}

TokenReader::Part TokenReader::judge_part(Word part) {
  // One walk collects what the rules ask.
  std::size_t letters = 0, upper = 0, lower = 0, digit_changes = 0, case_changes = 0, case_change = 0, run = 0;
  unsigned kinds = 0, folded = 0;
  bool unfolded = false, repeats = false;
  std::uint64_t cost = 0;
  std::size_t pairs = 0;
  bool chained = true;  // whether `before` is the character before, and not a break
  std::uint8_t before = kEdge;
  char32_t low_before = 0;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto& [c, is] = part[i];
    kinds |= 1U << static_cast<unsigned>(is.kind);
    if (i > 0) {
      const TextCharacter& left = part[i - 1].is;
      if ((left.kind == TextKind::digit) != (is.kind == TextKind::digit)) ++digit_changes;
      if ((left.flags & kLower) != 0 && (is.flags & kUpper) != 0 && ++case_changes == 1) case_change = i;
    }
    if (!is_letter(is.kind)) {
      run = 0;
      chained = false;
      continue;
    }
    ++letters;
    if ((is.flags & kUpper) != 0) ++upper;
    if ((is.flags & kLower) != 0) ++lower;
    const char32_t low = without_case(c, is);
    run = run > 0 && low == low_before ? run + 1 : 1;
    low_before = low;
    repeats |= run >= 4;
    if (is.letter == 0) {
      unfolded = true;
      chained = false;
      continue;
    }
    folded |= 1U << is.letter;
    if (chained) {
      cost += kBigramCost[before][is.letter];
      ++pairs;
    }
    before = is.letter;
    chained = true;
  }
  if (letters == 0) return {};
  if (chained) {
    cost += kBigramCost[before][kEdge];
    ++pairs;
  }

  Part out;
  const auto has = [&](TextKind kind) { return (kinds >> static_cast<unsigned>(kind) & 1U) != 0; };
  const int scripts = has(TextKind::latin) + has(TextKind::greek) + has(TextKind::cyrillic);
  const bool foreign = has(TextKind::foreign), latin = scripts == 1 && has(TextKind::latin) && !foreign;
  if (letters >= 3 && scripts >= 2) out.lower_by(script_mix, 0.3);
  if (!foreign) {
    if (digit_changes >= 2 && (lower > 0 || part.size() > 4)) out.lower_by(digit_in_word, 0.4);
    if (digit_changes == 1 && lower > 0 && letters >= 3) out.lower_by(digit_in_word, 0.8);
    if (part.size() > 40) out.lower_by(too_long, 0.3);
  }
  if (repeats) out.lower_by(repeat, 0.2);
  if (case_changes >= 2) out.lower_by(case_mix, 0.3);
  if (case_changes == 1) {
    const Word behind = part.subspan(case_change + 1);
    const bool small = behind.size() >= 2 && std::all_of(behind.begin(), behind.end(),
                                                         [](const Seen& s) { return (s.is.flags & kLower) != 0; });
    const bool named = small && ((part[0].is.flags & kUpper) != 0 || case_change == 1);  // McDonald, iPhone
    out.lower_by(case_mix, named ? 0.9 : 0.5);
  }
  if (latin) {
    Letters judged;
    judged.count = letters;
    judged.pairs = pairs;
    judged.cost = cost;
    judged.folded = folded;
    judged.capital = upper == letters;
    judged.unfolded = unfolded;
    out.judge(judged);
  }
  return out;
}

void TokenReader::Part::judge(const Letters& letters) {
  const auto& [count, pairs, cost, folded, capital, unfolded] = letters;
  if (!unfolded && (folded & kVowels) == 0 && count >= (capital ? 8 : 5)) lower_by(no_vowel, 0.5);
  if ((capital && count <= 5) || pairs < 3 || cost <= 80 * pairs) return;
  const double spare = static_cast<double>(static_cast<std::int64_t>(120 * pairs) - static_cast<std::int64_t>(cost));
  lower_by(bigram, 0.3 + 0.7 * std::max(0.0, spare / static_cast<double>(40 * pairs)));
}

}  // namespace paritas
