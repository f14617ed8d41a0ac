#include <array>
#include <cstddef>
#include <vector>

#include "ocr/format_text.hpp"

namespace paritas::format {
namespace {

struct Shape {
  std::size_t lines;
  std::size_t width;
};
constexpr Shape kShapes[] = {{3, 30}, {2, 36}, {2, 44}};

constexpr bool is_mrz(char c) { return is_digit(c) || is_upper(c) || c == '<'; }
constexpr int value(char c) { return is_digit(c) ? c - '0' : c == '<' ? 0 : c - 'A' + 10; }

/// The sum of parts that follow each other: weights 7, 3, 1.
class Sum {
 public:
  Sum& add(std::string_view part) {
    constexpr int kWeights[] = {7, 3, 1};
    for (const char c : part) sum_ += value(c) * kWeights[count_++ % 3];
    return *this;
  }
  [[nodiscard]] bool is(char digit) const { return is_digit(digit) && sum_ % 10 == digit - '0'; }

 private:
  int sum_ = 0;  // of 90 characters at most
  std::size_t count_ = 0;
};

bool right(std::string_view field, char digit) { return Sum().add(field).is(digit); }

/// Whether the digit of a document's number is right. A longer number has `<` for its digit and goes on in the optional
/// field up to `<`, where its digit stands last.
bool number_is_right(std::string_view number, char digit, std::string_view optional) {
  const std::string_view rest = optional.substr(0, optional.find('<'));
  if (digit != '<' || rest.empty()) return right(number, digit);
  return Sum().add(number).add(rest.substr(0, rest.size() - 1)).is(rest.back());
}

constexpr bool is_name(char c) { return is_upper(c) || c == '<'; }
constexpr bool is_day(char c) { return is_digit(c) || c == '<'; }

bool all_of(std::string_view part, bool (*fits)(char)) {
  for (const char c : part) {
    if (!fits(c)) return false;
  }
  return true;
}

/// Whether kind, states and names have letters, dates have digits, and the sex is one of four: no sum covers a state, a
/// name or the sex, and an engine that reads O as 0 in the state would pass every sum.
bool in_place(const std::array<std::string_view, 3>& lines, std::size_t count) {
  const bool three = count == 3;
  const std::string_view first = lines[0];
  const std::string_view second = lines[1];
  return all_of(three ? first.substr(0, 5) : first, is_name) && (!three || all_of(lines[2], is_name)) &&
         all_of(second.substr(three ? 15 : 10, 3), is_name) && all_of(second.substr(three ? 0 : 13, 6), is_day) &&
         all_of(second.substr(three ? 8 : 21, 6), is_day) &&
         std::string_view("MFX<").find(second[three ? 7 : 20]) != std::string_view::npos;
}

void judge(FormatResult& out, std::string_view kind, std::initializer_list<bool> checks) {
  out.checks = static_cast<int>(checks.size());
  for (const bool passed : checks) out.checks_passed += passed ? 1 : 0;
  if (out.checks_passed < out.checks) return refuse(out, "mrz_checksum");
  accept(out, "mrz_valid", std::string(kind));
}

void read_three_lines(std::string_view first, std::string_view second, FormatResult& out) {
  const Sum whole =
      Sum().add(first.substr(5)).add(second.substr(0, 7)).add(second.substr(8, 7)).add(second.substr(18, 11));
  judge(out, "TD1",
        {number_is_right(first.substr(5, 9), first[14], first.substr(15)), right(second.substr(0, 6), second[6]),
         right(second.substr(8, 6), second[14]), whole.is(second[29])});
}

void read_two_lines(std::string_view first, std::string_view second, FormatResult& out) {
  const bool longer = second.size() == 44;
  const std::string_view number = second.substr(0, 9);
  const bool birth = right(second.substr(13, 6), second[19]);
  const bool expiry = right(second.substr(21, 6), second[27]);
  if (first[0] == 'V') return judge(out, longer ? "MRV-A" : "MRV-B", {right(number, second[9]), birth, expiry});
  const Sum whole =
      Sum().add(second.substr(0, 10)).add(second.substr(13, 7)).add(second.substr(21, second.size() - 22));
  if (!longer) {
    return judge(out, "TD2",
                 {number_is_right(number, second[9], second.substr(28, 7)), birth, expiry, whole.is(second[35])});
  }
  const std::string_view personal = second.substr(28, 14);
  const bool none = personal.find_first_not_of('<') == std::string_view::npos && second[42] == '<';
  judge(out, "TD3",
        {right(number, second[9]), birth, expiry, none || right(personal, second[42]), whole.is(second[43])});
}

}  // namespace

void read_mrz(std::string_view text, FormatResult& out) {
  std::array<std::string_view, 3> lines;
  std::size_t count = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n') {
      if (!is_mrz(text[at])) return refuse(out, "mrz_chars");
      continue;
    }
    if (count < lines.size()) lines[count] = text.substr(start, at - start);
    ++count;
    start = at + 1;
  }
  if (count < lines.size()) lines[count] = text.substr(start);
  ++count;
  for (const Shape& shape : kShapes) {
    if (count == 1 && text.size() == shape.lines * shape.width) {  // the lines joined: every kind has another length
      for (std::size_t i = 0; i < shape.lines; ++i) lines[i] = text.substr(i * shape.width, shape.width);
      count = shape.lines;
    }
    if (count != shape.lines) continue;
    bool fits = true;
    for (std::size_t i = 0; i < count; ++i) fits = fits && lines[i].size() == shape.width;
    if (!fits) continue;
    if (!in_place(lines, count)) return refuse(out, "mrz_chars");
    return count == 3 ? read_three_lines(lines[0], lines[1], out) : read_two_lines(lines[0], lines[1], out);
  }
  refuse(out, "mrz_shape");
}

}  // namespace paritas::format
