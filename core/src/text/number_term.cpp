#include "text/number_term.hpp"

#include <algorithm>
#include <string>

#include "paritas/base/decimal.hpp"
#include "paritas/text/fold.hpp"
#include "paritas/text/stem_light.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr std::uint32_t kLeading = 18;

/// A run of decimal digits of any script.
struct Run {
  std::size_t end;
  std::uint32_t count = 0;
  std::uint64_t value = 0;  // right for up to 18 digits
  int last = -1;
};

int digit_at(std::string_view text, std::size_t at, std::size_t& bytes) {
  if (at >= text.size()) return -1;
  const auto c = static_cast<unsigned char>(text[at]);
  bytes = 1;
  if (c < 0x80) return c >= '0' && c <= '9' ? c - '0' : -1;
  const Decoded next = decode_utf8(text, at);
  bytes = next.bytes;
  return text_class(next.code_point) == TextClass::digit ? digit_value(next.code_point) : -1;
}

Run run_at(std::string_view text, std::size_t at) {
  Run run{at};
  std::size_t bytes = 0;
  for (int digit; (digit = digit_at(text, run.end, bytes)) >= 0; run.end += bytes) {
    if (run.count < kLeading) run.value = run.value * 10 + static_cast<unsigned>(digit);
    ++run.count;
    run.last = digit;
  }
  return run;
}

bool is(std::string_view text, std::size_t at, char c) { return at < text.size() && text[at] == c; }

bool letter_at(std::string_view text, std::size_t at, std::size_t& bytes) {
  if (at >= text.size()) return false;
  const Decoded next = decode_utf8(text, at);
  bytes = next.bytes;
  const TextClass kind = text_class(next.code_point);
  return kind == TextClass::letter || kind == TextClass::mark;
}

bool digit_follows(std::string_view text, std::size_t at) {
  std::size_t bytes = 0;
  return digit_at(text, at, bytes) >= 0;
}

/// Y4-M-D or D-M-Y4 by one of - / . twice, with no letter or digit behind.
bool read_date(std::string_view text, const Run& first, NumberTerm& term) {
  const std::size_t sign = first.end;
  if (sign >= text.size() || (text[sign] != '-' && text[sign] != '/' && text[sign] != '.')) return false;
  if (first.count != 1 && first.count != 2 && first.count != 4) return false;
  const Run middle = run_at(text, sign + 1);
  if (middle.count < 1 || middle.count > 2 || !is(text, middle.end, text[sign])) return false;
  const Run last = run_at(text, middle.end + 1);
  const bool year_first = first.count == 4;
  if (year_first ? last.count < 1 || last.count > 2 : last.count != 4) return false;
  std::size_t bytes = 0;
  if (letter_at(text, last.end, bytes)) return false;
  std::uint64_t year = year_first ? first.value : last.value;
  std::uint64_t month = middle.value, day = year_first ? last.value : first.value;
  term.ambiguous = !year_first && day <= 12 && month <= 12 && day != month;
  if (!year_first && month > 12) std::swap(day, month);
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1) {
    term.ambiguous = false;
    return false;
  }
  term.kind = NumberKind::date;
  term.end = last.end;
  term.year = static_cast<std::uint16_t>(year);
  term.month = static_cast<std::uint8_t>(month);
  term.day = static_cast<std::uint8_t>(day);
  return true;
}

/// The letters that follow directly; empty when a digit goes on behind them.
std::string_view suffix_at(std::string_view text, std::size_t at) {
  std::size_t end = at, bytes = 0;
  while (letter_at(text, end, bytes)) end += bytes;
  return digit_follows(text, end) ? std::string_view{} : text.substr(at, end - at);
}

struct Folded {
  std::string text;
  explicit Folded(std::string_view suffix) { fold(suffix, text); }
};

/// H:MM or H:MM:SS, with am or pm directly behind it.
bool read_time(std::string_view text, const Run& hours, NumberTerm& term) {
  if (hours.count > 2 || hours.value > 23 || !is(text, hours.end, ':')) return false;
  const Run minutes = run_at(text, hours.end + 1);
  // Three signs in code points; a digit of another script has more bytes, so the run says where it ends.
  if (minutes.count != 2 || minutes.value > 59) return false;
  term.kind = NumberKind::time;
  term.end = minutes.end;
  std::uint64_t seconds = 0;
  if (is(text, minutes.end, ':')) {
    const Run run = run_at(text, minutes.end + 1);
    if (run.count == 2 && run.value <= 59) {
      seconds = run.value;
      term.end = run.end;
    }
  }
  term.seconds = static_cast<std::uint32_t>(hours.value * 3600 + minutes.value * 60 + seconds);
  term.twelve = hours.value >= 1 && hours.value <= 12;
  const std::string_view suffix = suffix_at(text, term.end);
  if (term.twelve && !suffix.empty()) {
    const Folded half(suffix);
    if (half.text == "am" || half.text == "pm") {
      term.end += suffix.size();
      set_meridiem(term, half.text == "pm");
    }
  }
  return true;
}

/// A separator of groups here: comma, no-break, narrow no-break or thin space; 0 for none.
std::size_t separator_at(std::string_view text, std::size_t at) {
  for (const std::string_view separator : {",", "\u00A0", "\u202F", "\u2009"}) {
    if (text.substr(at, separator.size()) == separator) return separator.size();
  }
  return 0;
}

/// One past the integer part with its groups: 1-3 digits, then groups of 2-3 behind one separator, the last one of 3.
std::size_t end_of_groups(std::string_view text, const Run& first) {
  std::size_t best = first.end, end = first.end;
  const std::size_t size = first.count <= 3 ? separator_at(text, end) : 0;
  if (size == 0) return best;
  const std::string_view separator = text.substr(end, size);
  while (text.substr(end, size) == separator) {
    const Run group = run_at(text, end + size);
    if (group.count != 2 && group.count != 3) break;
    end = group.end;
    if (group.count == 3) best = end;
  }
  return best;
}

/// Counts the digits of text[digits_start, digits_end) and keeps the first ones.
void measure(std::string_view text, NumberTerm& term) {
  std::size_t bytes = 0;
  for (std::size_t at = term.digits_start; at < term.digits_end; at += bytes) {
    const int digit = digit_at(text, at, bytes);
    if (digit < 0) continue;  // a separator, or the point
    if (term.significant == 0 && digit == 0) continue;
    if (term.significant < kLeading) term.leading = term.leading * 10 + static_cast<unsigned>(digit);
    ++term.significant;
    term.trailing = digit == 0 ? term.trailing + 1 : 0;
  }
}

bool read_suffix(NumberTerm& term, const Run& whole, std::string_view suffix, BeforeNumber before) {
  const Folded folded(suffix);
  const std::string& key = folded.text;
  if (key.empty()) return false;
  const std::uint16_t number =
      key.size() <= Symbol::kMost ? lexicon::find(Symbol::of_short(key.data(), key.size())) : std::uint16_t{0};
  const lexicon::Word& word = lexicon::word_of(number);
  struct Scale {
    std::string_view suffix;
    int power;
  };
  static constexpr Scale kScales[] = {{"k", 3}, {"K", 3},  {"M", 6},   {"mn", 6}, {"mln", 6},
                                      {"B", 9}, {"bn", 9}, {"bln", 9}, {"T", 12}, {"tn", 12}};
  int scale = word.scale;
  for (const Scale& entry : kScales) {
    if (entry.suffix == suffix) scale = entry.power;
  }
  if (before.currency && suffix == "m") scale = 6;
  if (word.is(lexicon::k_ordinal_suffix) && term.plain()) {
    term.kind = NumberKind::ordinal;
  } else if (scale != 0) {
    term.exponent += scale;
    term.scaled = true;
  } else if ((key == "am" || key == "pm") && term.small() >= 1 && term.small() <= 12) {
    term.kind = NumberKind::time;
    term.seconds = static_cast<std::uint32_t>(term.small()) * 3600;
    set_meridiem(term, key == "pm");
  } else if (suffix == "s" && term.plain() && whole.count == 4 && whole.last == 0) {
    term.kind = NumberKind::decade;
    term.year = static_cast<std::uint16_t>(whole.value);
  } else if (suffix == "s" && term.plain() && whole.count == 2 && whole.last == 0 && before.decade) {
    term.kind = NumberKind::decade;
    term.year = static_cast<std::uint16_t>(1900 + whole.value);
  } else if (suffix == "x" || suffix == "X") {
    term.unit = lexicon::unit::k_times;
  } else if (const std::uint8_t unit = lexicon::unit_symbol(suffix); unit != 0) {
    term.unit = unit;
  } else {
    const std::string root = stem(key);
    const std::uint16_t root_number =
        root.size() <= Symbol::kMost ? lexicon::find(Symbol::of_short(root.data(), root.size())) : std::uint16_t{0};
    term.unit = lexicon::word_of(root_number).unit;
    return term.unit != 0;
  }
  return true;
}

bool read_decimal(std::string_view text, std::size_t at, BeforeNumber before, NumberTerm& term) {
  const Run whole = run_at(text, at);
  std::size_t end = whole.count > 0 ? end_of_groups(text, whole) : at;
  bool plain = end == whole.end;
  term.digits_start = at;
  if (is(text, end, '.') && digit_follows(text, end + 1)) {
    const Run fraction = run_at(text, end + 1);
    end = fraction.end;
    term.fraction = fraction.count;
    if (plain && whole.count > 0 && is(text, end, '.') && digit_follows(text, end + 1)) return false;  // 1.2.3
    plain = false;
  }
  term.digits_end = end;
  std::int64_t exponent = 0;
  if (is(text, end, 'e') || is(text, end, 'E')) {
    const bool negative = is(text, end + 1, '-');
    const Run power = run_at(text, end + (negative || is(text, end + 1, '+') ? 2 : 1));
    if (power.count >= 1 && power.count <= 3) {
      exponent = static_cast<std::int64_t>(power.value) * (negative ? -1 : 1);
      end = power.end;
      plain = false;
    }
  }
  measure(text, term);
  term.exponent = exponent - static_cast<std::int64_t>(term.fraction);
  term.written = plain ? whole.count : 0;
  term.end = end;
  std::size_t bytes = 0;
  if (letter_at(text, end, bytes)) {
    const std::string_view suffix = suffix_at(text, end);
    if (!suffix.empty() && read_suffix(term, whole, suffix, before)) {
      term.end = end + suffix.size();
      term.written = 0;
    } else if (plain) {
      return false;
    }
  }
  return true;
}

}  // namespace

void set_meridiem(NumberTerm& time, bool afternoon) {
  constexpr std::uint32_t kHalfDay = 12 * 3600;
  time.seconds = time.seconds % kHalfDay + (afternoon ? kHalfDay : 0);
  time.twelve = false;
}

bool read_number_term(std::string_view text, std::size_t at, BeforeNumber before, NumberTerm& term) {
  term = NumberTerm{};
  if (text[at] != '.') {
    const Run first = run_at(text, at);
    if (read_date(text, first, term) || read_time(text, first, term)) return true;
  }
  return read_decimal(text, at, before, term);
}

double value_of(std::string_view text, const NumberTerm& term, std::int64_t exponent, std::string_view appended) {
  if (term.significant <= kLeading) {
    char digits[24];
    std::size_t count = 0;
    std::uint64_t value = term.leading;
    do {
      digits[count++] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    std::reverse(digits, digits + count);
    for (const char digit : appended) digits[count++] = digit;
    return parse_decimal({digits, count}, exponent);
  }
  std::string digits;
  std::size_t bytes = 0;
  for (std::size_t at = term.digits_start; at < term.digits_end; at += bytes) {
    const int digit = digit_at(text, at, bytes);
    if (digit >= 0) digits.push_back(static_cast<char>('0' + digit));
  }
  digits += appended;
  return parse_decimal(digits, exponent);
}

}  // namespace paritas
