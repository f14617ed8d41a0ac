#include "paritas/ocr/tesseract_words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "paritas/base/decimal.hpp"

namespace paritas {

namespace {

// level page_num block_num par_num line_num word_num left top width height conf text
constexpr std::size_t kColumns = 12, kConfidence = 10, kText = 11;
constexpr char kWordLevel = '5';

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// [-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,9})?
bool parse_number(std::string_view text, double& out) {
  std::size_t at = 0;
  const auto sign = [&] { return at < text.size() && (text[at] == '-' || text[at] == '+') ? text[at++] : '+'; };
  const auto digits = [&](std::string& to) {
    const std::size_t start = at;
    while (at < text.size() && is_digit(text[at])) to.push_back(text[at++]);
    return at - start;
  };
  const bool negative = sign() == '-';
  std::string all;
  const std::size_t whole = digits(all);
  std::size_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    ++at;
    fraction = digits(all);
  }
  if (whole + fraction == 0) return false;
  std::int64_t exponent = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    const bool down = sign() == '-';
    std::string power;
    const std::size_t count = digits(power);
    if (count == 0 || count > 9) return false;
    for (const char c : power) exponent = 10 * exponent + (c - '0');
    if (down) exponent = -exponent;
  }
  if (at != text.size()) return false;
  const double value = parse_decimal(all, exponent - static_cast<std::int64_t>(fraction));
  out = negative ? -value : value;
  return true;
}

Error wrong(std::size_t line, const std::string& message, std::size_t at) {
  return {ErrorCode::invalid_argument, "line " + std::to_string(line) + ": " + message, at};
}

}  // namespace

Result<std::vector<OcrWord>> tesseract_words(std::string_view tsv) {
  std::vector<OcrWord> words;
  std::size_t line = 0;
  for (std::size_t start = 0; start < tsv.size();) {
    ++line;
    const std::size_t end = std::min(tsv.find('\n', start), tsv.size());
    std::string_view row = tsv.substr(start, end - start);
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    const std::size_t row_at = start;
    start = end + 1;
    if (row.empty()) continue;

    std::array<std::string_view, kColumns> columns;
    std::size_t count = 0;
    for (std::size_t at = 0; count < kColumns; ++count) {
      const std::size_t tab = count + 1 < kColumns ? std::min(row.find('\t', at), row.size()) : row.size();
      columns[count] = row.substr(at, tab - at);
      at = tab + 1;
      if (tab == row.size()) {
        ++count;
        break;
      }
    }
    if (row_at == 0 && columns[0] == "level") continue;
    if (columns[0].size() != 1 || columns[0][0] < '1' || columns[0][0] > kWordLevel) {
      return wrong(line, "the level of a row must be a whole number from 1 to 5", row_at);
    }
    const bool is_word = columns[0][0] == kWordLevel;
    // Rows of pages, blocks and lines have no text, and some editors cut the tab before it.
    if (count < (is_word ? kColumns : kColumns - 1)) {
      return wrong(line, "a row must have 12 columns with tabs between them, not " + std::to_string(count), row_at);
    }
    if (!is_word) continue;
    OcrWord word{columns[kText]};
    if (!parse_number(columns[kConfidence], word.confidence)) {
      return wrong(line, "the confidence of a word must be a number",
                   static_cast<std::size_t>(columns[kConfidence].data() - tsv.data()));
    }
    words.push_back(word);
  }
  return words;
}

}  // namespace paritas
