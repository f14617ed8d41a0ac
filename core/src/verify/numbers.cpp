#include <algorithm>

#include "paritas/base/decimal.hpp"
#include "paritas/text/unicode.hpp"
#include "verify/amount.hpp"

namespace paritas {
namespace {

namespace word = lexicon::word;
namespace unit = lexicon::unit;
using lexicon::Word;

class Assembler {
 public:
  Assembler(std::string_view text, Tokens& tokens, AmountList& amounts)
      : text_(text),
        tokens_(tokens.list),
        starts_(tokens.number_starts),
        numerals_(tokens.numerals),
        amounts_(amounts) {}

  void run() {
    std::uint32_t free = 0;  // the first token that is no part of a number yet
    for (const std::uint32_t at : starts_) {
      if (at < free || !may_begin(tokens_[at])) continue;
      Amount amount;
      if (!read(at, amount)) continue;
      const auto index = static_cast<std::uint32_t>(amounts_.size());
      for (std::uint32_t i = amount.first; i < amount.last; ++i) tokens_[i].number = index;
      amounts_.push_back(amount);
      free = amount.last;
    }
    for (std::size_t i = amounts_.size(); i-- > 1;) share_unit(amounts_[i - 1], amounts_[i]);
    for (Amount& amount : amounts_) {
      if ((amount.unit != 0 || !amount.per.empty()) && !amount.half) amount.soft = false;
      amount.op = read_operator(tokens_, amount.first, amount.last);
      if (amount.kind == NumberKind::date && amount.op == Operator::approx) amount.op = Operator::eq;
    }
  }

 private:
  [[nodiscard]] bool may_begin(const Token& token) const {
    if (token.kind == TermKind::number) return true;
    if (token.kind == TermKind::mark) {
      return token.mark == U'-' || token.mark == U'\u2212' || lexicon::currency_sign(token.mark) != 0;
    }
    if (!token.is_word()) return false;
    return (lexicon::kRoles[token.word] & lexicon::kBeginsNumber) != 0 || currency(token) != 0;
  }

  bool read(std::uint32_t at, Amount& amount) const {
    return month_date(at, amount) || year(at, amount) || time(at, amount) || ordinal(at, amount) ||
           signed_quantity(at, amount) || quantity(at, amount);
  }

  [[nodiscard]] bool has(std::uint32_t at) const { return at < tokens_.size(); }
  [[nodiscard]] bool is_word(std::uint32_t at) const { return has(at) && tokens_[at].is_word(); }
  [[nodiscard]] bool key_is(std::uint32_t at, char c) const { return has(at) && tokens_[at].key_is(c); }
  /// Number of a term's key in the lexicon, whatever kind of term; 0 past the end.
  [[nodiscard]] std::uint16_t key(std::uint32_t at) const { return has(at) ? tokens_[at].word : std::uint16_t{0}; }
  [[nodiscard]] const Word& lex(std::uint32_t at) const { return lexicon::word_of(key(at)); }
  [[nodiscard]] const NumberTerm* numeral(std::uint32_t at) const {
    return has(at) && tokens_[at].numeral != kNone ? &numerals_[tokens_[at].numeral] : nullptr;
  }
  [[nodiscard]] std::string_view surface(const Token& token) const { return surface_of(text_, token, scratch_); }

  static bool is_money(std::uint8_t of) {
    return lexicon::kUnitTable[of].dimension == static_cast<std::uint8_t>(lexicon::Dimension::money);
  }
  /// The unit of a currency sign or of an ISO code.
  [[nodiscard]] std::uint8_t currency(const Token& token) const {
    if (token.kind == TermKind::mark) return lexicon::currency_sign(token.mark);
    if (!token.is_word() || !token.all_caps()) return 0;
    const std::uint8_t code = lexicon::unit_symbol(surface(token));
    return is_money(code) ? code : std::uint8_t{0};
  }
  [[nodiscard]] bool currency_before(std::uint32_t at) const { return at > 0 && currency(tokens_[at - 1]) != 0; }

  // Dates and times.

  [[nodiscard]] bool is_month(std::uint32_t at) const {
    return is_word(at) && lex(at).month != 0 && (tokens_[at].first & kUpper) != 0;
  }
  /// One past a month, with the full stop of a short form.
  [[nodiscard]] std::uint32_t after_month(std::uint32_t at) const {
    const bool dotted = !lex(at).is(lexicon::k_month_name) && key_is(at + 1, '.') && !tokens_[at + 1].space_before;
    return at + (dotted ? 2 : 1);
  }
  [[nodiscard]] unsigned day_of(std::uint32_t at) const {
    const NumberTerm* term = numeral(at);
    if (term == nullptr) return 0;
    if (term->kind == NumberKind::ordinal) {
      return term->significant <= 2 && term->leading <= 31 ? static_cast<unsigned>(term->leading) : 0;
    }
    return term->small() > 0 && term->small() <= 31 ? static_cast<unsigned>(term->small()) : 0;
  }
  [[nodiscard]] std::uint16_t year_of(std::uint32_t at) const {
    const NumberTerm* term = numeral(at);
    if (term == nullptr || term->kind != NumberKind::quantity || term->written != 4) return 0;
    const bool likely = term->leading >= 1000 && term->leading <= 2199;
    return likely ? static_cast<std::uint16_t>(term->leading) : std::uint16_t{0};
  }
  /// A year, perhaps behind a comma; `end` goes past it.
  std::uint16_t comma_year(std::uint32_t at, std::uint32_t& end) const {
    const std::uint32_t year_at = at + (key_is(at, ',') ? 1 : 0);
    const std::uint16_t year = year_of(year_at);
    if (year != 0) end = year_at + 1;
    return year;
  }
  static bool date(Amount& amount, std::uint32_t first, std::uint32_t last, std::uint8_t month, unsigned day) {
    amount.kind = NumberKind::date;
    amount.first = first;
    amount.last = last;
    amount.month = month;
    amount.day = static_cast<std::uint8_t>(day);
    return true;
  }

  bool month_date(std::uint32_t at, Amount& amount) const {
    if (const unsigned day = day_of(at); day > 0 && !currency_before(at)) {
      const std::uint32_t month_at = at + (key(at + 1) == word::k_of ? 2 : 1);
      if (!is_month(month_at)) return false;
      std::uint32_t end = month_at + 1;
      amount.year = comma_year(after_month(month_at), end);
      return date(amount, at, end, lex(month_at).month, day);
    }
    if (!is_month(at)) return false;
    const std::uint8_t month = lex(at).month;
    const std::uint32_t after = after_month(at);
    std::uint32_t end = after + 1;
    if (const unsigned day = day_of(after); day > 0) {
      amount.year = comma_year(after + 1, end);
      return date(amount, at, end, month, day);
    }
    amount.year = comma_year(after, end);
    if (amount.year != 0) return date(amount, at, end, month, 0);
    return at > 0 && lex(at - 1).is(lexicon::k_before_month) && date(amount, at, at + 1, month, 0);
  }

  bool year(std::uint32_t at, Amount& amount) const {
    const std::uint16_t year = year_of(at);
    if (year == 0 || currency_before(at)) return false;
    if (lex(at + 1).scale != 0 || key(at + 1) == word::k_dozen) return false;
    Amount other;
    std::uint32_t end = at + 1;
    if (read_unit(end, other)) return false;
    if (is_word(at + 1) && (tokens_[at + 1].first & kLower) != 0 && !tokens_[at + 1].stop()) {
      const bool marked = at > 0 && (lex(at - 1).is(lexicon::k_before_year) || lex(at - 1).month != 0);
      if (!marked) return false;
    }
    if (year % 10 == 0 && key_is(at + 1, '\'') && key(at + 2) == word::k_s && !tokens_[at + 2].space_before) {
      amount.kind = NumberKind::decade;
      amount.value = static_cast<double>(year);
      amount.first = at;
      amount.last = at + 3;
      return true;
    }
    amount.year = year;
    return date(amount, at, at + 1, 0, 0);
  }

  static bool timed(Amount& amount, std::uint32_t first, std::uint32_t last, std::uint32_t seconds) {
    amount.kind = NumberKind::time;
    amount.first = first;
    amount.last = last;
    amount.value = static_cast<double>(seconds);
    return true;
  }

  bool time(std::uint32_t at, Amount& amount) const {
    const NumberTerm* term = numeral(at);
    if (term == nullptr) return false;
    const std::uint16_t half = is_word(at + 1) ? key(at + 1) : std::uint16_t{0};
    const bool halved = half == word::k_am || half == word::k_pm;
    NumberTerm taken = *term;
    if (term->kind == NumberKind::time) {
      const bool takes = term->twelve && halved;
      if (takes) set_meridiem(taken, half == word::k_pm);
      return timed(amount, at, at + (takes ? 2 : 1), taken.seconds);
    }
    if (!halved || term->small() < 1 || term->small() > 12) return false;
    taken.seconds = static_cast<std::uint32_t>(term->small()) * 3600;
    set_meridiem(taken, half == word::k_pm);
    return timed(amount, at, at + 2, taken.seconds);
  }

  bool ordinal(std::uint32_t at, Amount& amount) const {
    if (const NumberTerm* term = numeral(at); term != nullptr) {
      if (term->kind == NumberKind::date) {
        amount.year = term->year;
        amount.ambiguous = term->ambiguous;
        return date(amount, at, at + 1, term->month, term->day);
      }
      if (term->kind != NumberKind::ordinal && term->kind != NumberKind::decade) return false;
      const bool decade = term->kind == NumberKind::decade;
      amount.value = decade ? static_cast<double>(term->year) : value_of(text_, *term, term->exponent);
      amount.kind = term->kind;
    } else {
      if (!is_word(at) || lex(at).ordinal == 0) return false;
      if (key(at) == word::k_second && at > 0 && unit_second(at - 1)) return false;
      amount.kind = NumberKind::ordinal;
      amount.value = static_cast<double>(lex(at).ordinal);
      amount.soft = true;
    }
    amount.first = at;
    amount.last = at + 1;
    return true;
  }
  /// Whether "second" behind this term is the unit.
  [[nodiscard]] bool unit_second(std::uint32_t before) const {
    const std::uint16_t known = key(before);
    return known == word::k_per || known == word::k_each || known == word::k_every || key_is(before, '/') ||
           tokens_[before].number != kNone;
  }

  // Quantities.

  /// A quantity behind a minus sign that has a space, a parenthesis or nothing before it.
  bool signed_quantity(std::uint32_t at, Amount& amount) const {
    const Token& token = tokens_[at];
    if (!token.is_mark(U'-') && !token.is_mark(U'\u2212')) return false;
    if (!has(at + 1) || tokens_[at + 1].space_before) return false;
    if (at > 0 && !token.space_before && !tokens_[at - 1].is_mark(U'(')) return false;
    if (!quantity(at + 1, amount)) return false;
    amount.first = at;
    amount.value = -amount.value;
    return true;
  }

  bool quantity(std::uint32_t at, Amount& amount) const {
    amount = Amount{};
    amount.first = at;
    const std::uint8_t money = currency(tokens_[at]);
    if (money != 0) ++at;
    const NumberTerm* term = numeral(at);
    if (term != nullptr && term->kind == NumberKind::quantity) {
      of_digits(at, *term, amount);
    } else if (money != 0) {
      return false;
    } else if (const Fraction fraction = read_fraction(tokens_, at); fraction.end != 0) {
      amount.value = fraction.percent;
      amount.last = fraction.end;
      amount.unit = unit::k_fraction;
      amount.soft = amount.half = fraction.half;
      return true;
    } else {
      const NumberWords words = read_words(tokens_, at);
      if (words.end == 0) return false;
      amount.value = words.value;
      amount.last = words.end;
      amount.soft = words.soft;
    }
    if (money != 0) amount.unit = money;
    if (amount.unit == 0) {
      if (!read_unit(amount.last, amount)) currency_behind(amount);
    } else if (is_money(amount.unit)) {
      Amount again;  // $5 million dollars
      std::uint32_t end = amount.last;
      if (read_unit(end, again) && again.unit == amount.unit) amount.last = end;
    }
    read_rate(amount);
    return true;
  }

  void of_digits(std::uint32_t at, const NumberTerm& term, Amount& amount) const {
    std::int64_t exponent = term.exponent;
    std::string_view appended;
    amount.last = at + 1;
    bool fraction = term.fraction > 0, scaled = term.scaled;
    std::uint32_t significant = term.significant;
    if (term.plain() && key(at + 1) == word::k_and && key(at + 2) == word::k_a && key(at + 3) == word::k_half) {
      appended = "5";
      exponent = -1;
      fraction = true;
      significant = std::max(significant, 1u) + 1;
      amount.last = at + 4;
    }
    double dozens = 1.0;
    while (!term.scaled && term.unit == 0) {
      const std::uint32_t next = behind_hyphen(tokens_, amount.last);
      if (!is_word(next)) break;
      if (key(next) == word::k_dozen) {
        dozens *= 12.0;
      } else if (lex(next).scale != 0) {
        exponent += lex(next).scale;
        scaled = true;
      } else {
        break;
      }
      amount.last = next + 1;
    }
    amount.value = value_of(text_, term, exponent, appended) * dozens;
    amount.unit = term.unit;
    amount.significant = fraction ? std::max(significant, 1u) : significant - term.trailing;
    amount.step = scaled && dozens == 1.0 ? parse_decimal("1", exponent) : 0.0;
  }

  /// The unit at `at`, perhaps behind a hyphen; `at` goes past it.
  bool read_unit(std::uint32_t& at, Amount& amount) const {
    if (!has(at)) return false;
    const auto take = [&](std::uint8_t found, std::uint32_t end) {
      amount.unit = found;
      at = end;
      return true;
    };
    if (tokens_[at].kind == TermKind::mark) {
      if (const std::uint8_t mark = lexicon::unit_mark(tokens_[at].mark); mark != 0) {
        const std::string_view scale = is_word(at + 1) ? surface(tokens_[at + 1]) : std::string_view{};
        if (tokens_[at].mark == U'°' && scale == "C") return take(unit::k_celsius, at + 2);
        if (tokens_[at].mark == U'°' && scale == "F") return take(unit::k_fahrenheit, at + 2);
        return take(mark, at + 1);
      }
    }
    const std::uint32_t name_at = behind_hyphen(tokens_, at);
    if (!is_word(name_at)) return false;
    const Token& name = tokens_[name_at];
    if (is_word(name_at + 1)) {
      const Token& next = tokens_[name_at + 1];
      if (name.word == word::k_per && next.root == word::k_cent) return take(unit::k_percent, name_at + 2);
      if (name.word == word::k_percentage && next.root == word::k_point) return take(unit::k_point, name_at + 2);
      if (name.word == word::k_square || name.word == word::k_cubic) {
        const std::uint8_t length = unit_of(next);
        if (lexicon::kUnitTable[length].dimension == static_cast<std::uint8_t>(lexicon::Dimension::length)) {
          amount.power = name.word == word::k_square ? 2 : 3;
          return take(length, name_at + 2);
        }
      }
      if (name.root == word::k_degre) {
        const std::string_view scale = surface(next);
        if (scale == "C" || next.root == word::k_celsius) return take(unit::k_celsius, name_at + 2);
        if (scale == "F" || next.root == word::k_fahrenheit) return take(unit::k_fahrenheit, name_at + 2);
      }
    }
    if (name.word == word::k_times) return take(unit::k_times, name_at + 1);
    const std::uint8_t found = unit_of(name);
    return found != 0 && take(found, name_at + 1);
  }
  [[nodiscard]] std::uint8_t unit_of(const Token& token) const {
    if (const std::uint8_t symbol = lexicon::unit_symbol(surface(token)); symbol != 0) return symbol;
    return lexicon::word_of(token.root).unit;
  }

  /// A sign as in 5 €, unless it begins the next number.
  void currency_behind(Amount& amount) const {
    if (!has(amount.last) || tokens_[amount.last].kind != TermKind::mark) return;
    const std::uint8_t sign = lexicon::currency_sign(tokens_[amount.last].mark);
    if (sign == 0 || (has(amount.last + 1) && tokens_[amount.last + 1].kind == TermKind::number)) return;
    amount.unit = sign;
    ++amount.last;
  }

  /// What the number is per; the number ends past the rate where it follows directly.
  void read_rate(Amount& amount) const {
    const std::uint32_t at = amount.last;
    const std::uint16_t article = key(at);
    const bool each =
        article == word::k_a || article == word::k_an || article == word::k_each || article == word::k_every;
    if (amount.unit != 0 && each && is_word(at + 1)) {
      const Token& next = tokens_[at + 1];
      if (lexicon::word_of(next.root).is(lexicon::k_time_stem) || next.lex().is(lexicon::k_time_stem)) {
        amount.per = per_of(next);
        amount.last = at + 2;
        return;
      }
    }
    std::uint32_t sign = at;
    while (has(sign) && sign < at + 3 && tokens_[sign].content_word()) ++sign;
    if (!is_word(sign + 1) || !(key(sign) == word::k_per || key_is(sign, '/'))) return;
    amount.per = per_of(tokens_[sign + 1]);
    if (sign == at) amount.last = sign + 2;
  }
  static Symbol per_of(const Token& token) {
    return token.lex().per != 0 ? lexicon::symbol_of(token.lex().per) : token.stem;
  }

  void share_unit(Amount& left, const Amount& right) const {
    if (left.kind != NumberKind::quantity || right.kind != NumberKind::quantity) return;
    if (left.unit != 0 || right.unit == 0 || right.first != left.last + 1) return;
    const Token& link = tokens_[left.last];
    const TextClass kind = link.kind == TermKind::mark ? text_class(link.mark) : TextClass::other;
    if (link.word == word::k_to || link.word == word::k_and || link.word == word::k_or || kind == TextClass::hyphen ||
        kind == TextClass::dash) {
      left.unit = right.unit;
      left.power = right.power;
    }
  }

  std::string_view text_;
  TokenList& tokens_;
  const TokenPlaces& starts_;
  const NumeralList& numerals_;
  AmountList& amounts_;
  mutable std::string scratch_;
};

bool is_noun(const Token& token) { return token.content_word() && token.number == kNone && !token.cue; }

}  // namespace

void find_numbers(std::string_view text, Tokens& tokens, AmountList& amounts) {
  Assembler(text, tokens, amounts).run();
}

void find_nouns(const Tokens& tokens, AmountList& amounts) {
  const TokenList& list = tokens.list;
  for (Amount& amount : amounts) {
    const std::size_t end = std::min<std::size_t>(list.size(), std::size_t{amount.last} + 3);
    for (std::size_t at = amount.last; at < end; ++at) {
      const Token& token = list[at];
      if (is_noun(token) && amount.noun_count < 2) {
        amount.nouns[amount.noun_count++] = token.stem;
        continue;
      }
      const bool hyphen = token.kind == TermKind::mark && text_class(token.mark) == TextClass::hyphen;
      const bool skipped = amount.noun_count == 0 && token.is_word() && token.lex().is(lexicon::k_skipped_before_noun);
      if (!hyphen && !skipped) break;
    }
    if (amount.noun_count > 0) continue;
    const std::uint32_t sentence = list[amount.first].sentence;
    for (std::uint32_t back = 1; back <= 2 && back <= amount.first; ++back) {
      const Token& token = list[amount.first - back];
      if (token.sentence == sentence && is_noun(token)) {
        amount.nouns[amount.noun_count++] = token.stem;
        break;
      }
    }
  }
}

}  // namespace paritas
