#include <array>
#include <cstddef>
#include <optional>

#include "ocr/format_tables.hpp"
#include "ocr/format_text.hpp"
#include "paritas/text/fold.hpp"

namespace paritas::format {
namespace {

constexpr std::string_view kTwoDigitYear[] = {"two_digit_year"};
constexpr std::string_view kOrdinals = " st nd rd th er re ere e eme o a ste de te ten \xC2\xB0 ";
constexpr std::string_view kDegree = "\xC2\xB0";

bool is_in(std::string_view word, std::string_view list) {  // words between spaces; a word has none
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    if (at > 0 && list[at - 1] == ' ' && (at + word.size() == list.size() || list[at + word.size()] == ' '))
      return true;
  }
  return false;
}

int number_of(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + c - '0';
  return number;
}

/// Reads a text from the left, each step only if it fits.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool done() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
  bool take(std::string_view any) {  // one of these characters; a NUL is in none of them
    if (done() || any.find(text_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }
  std::string_view digits() {
    const std::size_t start = at_;
    while (is_digit(peek())) ++at_;
    return text_.substr(start, at_ - start);
  }
  std::string_view word() {
    const std::size_t start = at_;
    at_ = text_.substr(at_, kDegree.size()) == kDegree ? at_ + kDegree.size() : word_end(text_, at_);
    return text_.substr(start, at_ - start);
  }
  bool two_digits(int most) {
    const std::string_view two = text_.substr(at_, 2);
    if (two.size() < 2 || !all_digits(two) || number_of(two) > most) return false;
    at_ += 2;
    return true;
  }
  std::size_t place() const { return at_; }
  void go(std::size_t place) { at_ = place; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// The rest of a text is a time: T or a space, hours and minutes, seconds, a fraction, Z or an offset.
bool is_time(Cursor text) {
  if (!text.take("Tt ") || !text.two_digits(23) || !text.take(":") || !text.two_digits(59)) return false;
  if (text.take(":")) {
    if (!text.two_digits(60)) return false;
    if (text.take(".,") && text.digits().empty()) return false;
  }
  if (text.done()) return true;
  text.take(" ");
  if (text.take("Zz")) return text.done();
  if (!text.take("-+") || !text.two_digits(23)) return false;
  if (text.done()) return true;
  text.take(":");
  return text.two_digits(59) && text.done();
}

void put_two(std::string& out, int number) {
  out += static_cast<char>('0' + number / 10);
  out += static_cast<char>('0' + number % 10);
}

/// A date whose parts are known: year of 2 or 4 digits, month and day of 1 or 2.
void judge(std::string_view year_digits, int month, int day, FormatResult& out) {
  int year = number_of(year_digits);
  if (year_digits.size() == 2) {
    year += year <= 68 ? 2000 : 1900;
    out.notes = kTwoDigitYear;
  }
  if (year < 1800 || year > 2199) return refuse(out, "date_year");
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > kDays[month - 1] + (month == 2 && leap ? 1 : 0)) {
    return refuse(out, "date_calendar");
  }
  std::string normalized;
  put_two(normalized, year / 100);
  put_two(normalized, year % 100);
  for (const int part : {month, day}) {
    normalized += '-';
    put_two(normalized, part);
  }
  accept(out, "date_valid", std::move(normalized));
}

/// A date that ends with its year: which of the other two is the day.
void judge_either(int first, int second, std::string_view year, bool dots, std::optional<bool> day_first,
                  FormatResult& out) {
  if (!day_first) {
    if (first > 12 || dots || first == second) {
      day_first = true;
    } else if (second > 12) {
      day_first = false;
    }
  }
  const bool first_is_day = day_first.value_or(true);
  judge(year, first_is_day ? second : first, first_is_day ? first : second, out);
  if (!day_first && out.valid) accept(out, "date_ambiguous", "");
}

bool is_short(std::string_view digits) { return digits.size() == 1 || digits.size() == 2; }

/// A date of digits alone; false for another form.
bool read_digits(std::string_view text, std::optional<bool> day_first, FormatResult& out) {
  if (text.size() == 8 && all_digits(text)) {
    judge(text.substr(0, 4), number_of(text.substr(4, 2)), number_of(text.substr(6)), out);
    return true;
  }
  Cursor cursor(text);
  const std::string_view first = cursor.digits();
  const char sign = cursor.peek();
  if ((first.size() != 4 && !is_short(first)) || !cursor.take(first.size() == 4 ? "-/." : "-/. ")) return false;
  // "29. 2. 2024" is written in half of Europe, with both spaces or none.
  const bool spaced = first.size() != 4 && sign == '.' && cursor.take(" ");
  const std::string_view second = cursor.digits();
  if (!is_short(second) || !cursor.take({&sign, 1}) || (spaced && !cursor.take(" "))) return false;
  const std::string_view third = cursor.digits();
  if (first.size() == 4) {
    if (!is_short(third) || !(cursor.done() || is_time(cursor))) return false;
    judge(first, number_of(second), number_of(third), out);
  } else {
    if ((third.size() != 2 && third.size() != 4) || !cursor.done()) return false;
    judge_either(number_of(first), number_of(second), third, sign == '.', day_first, out);
  }
  return true;
}

/// 1 to 12 of a folded name, or of three letters or more that begin the names of one month only; else 0.
int month_of(std::string_view word) {
  constexpr std::size_t kLongest = 10;  // septiembre
  if (word.empty() || word.size() > kLongest) return 0;
  int begun = 0;
  bool several = false;
  std::string key;
  key += ' ';
  key += word;
  for (int month = 1; month <= 12; ++month) {
    const std::string_view names = tables::kMonths[month - 1];
    if (is_in(word, names)) return month;
    if (names.find(key) != std::string_view::npos) {
      several = several || begun != 0;
      begun = month;
    }
  }
  return word.size() < 3 || several ? 0 : begun;
}

struct Part {
  std::string_view digits;  // of a number
  int month = 0;            // of a month's name, else 0
  bool ordinal = false;     // 5th
};

/// Up to four numbers and names of months, without "de" and "of" between them; none when there is anything else.
std::size_t read_parts(std::string_view text, std::array<Part, 4>& parts) {
  std::size_t count = 0;
  bool filler = true;  // nothing but a part may come first
  Cursor cursor(text);
  while (!cursor.done() && count < parts.size()) {
    if (is_digit(cursor.peek())) {
      Part& part = parts[count++];
      part.digits = cursor.digits();
      const std::size_t behind = cursor.place();
      const std::string_view suffix = cursor.word();
      std::string folded;
      fold(suffix, folded);
      part.ordinal = !folded.empty() && is_in(folded, kOrdinals);
      if (!part.ordinal) cursor.go(behind);
      filler = false;
    } else {
      std::string word;
      fold(cursor.word(), word);
      if (!filler && (word == "de" || word == "del" || word == "of")) {
        filler = true;
      } else {
        const int month = month_of(word);
        if (month == 0) return 0;
        parts[count++].month = month;
        filler = false;
      }
    }
    const bool sign = cursor.take("-/.,");
    const bool space = cursor.take(" ");
    if (cursor.done() && (filler || sign || space)) return 0;
  }
  return count;
}

bool read_named(std::string_view text, FormatResult& out) {
  std::array<Part, 4> parts;
  if (read_parts(text, parts) != 3) return false;
  const Part *day = &parts[1], *month = &parts[0], *year = &parts[2];  // March 5, 2024
  if (parts[1].month != 0) {                                           // 5 March 2024, 2024 March 5
    const bool year_first = parts[0].digits.size() == 4;
    month = &parts[1];
    day = &parts[year_first ? 2 : 0];
    year = &parts[year_first ? 0 : 2];
  }
  if (month->month == 0 || !is_short(day->digits) || year->ordinal) return false;
  if (year->digits.size() != 2 && year->digits.size() != 4) return false;
  judge(year->digits, month->month, number_of(day->digits), out);
  return true;
}

}  // namespace

void read_date(std::string_view text, const FormatOptions& options, FormatResult& out) {
  const auto read = [&](std::string_view date, FormatResult& result) {
    if (!read_digits(date, options.day_first, result) && !read_named(date, result)) refuse(result, "date_form");
  };
  read(text, out);
  if (!out.valid) suggest(out, digits_for(text), read);
}

}  // namespace paritas::format
