#include "chunk/markdown_blocks.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "paritas/text/code_regions.hpp"

namespace paritas {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Tags that open an HTML block which a blank line ends; sorted.
constexpr std::array<std::string_view, 63> kBlockTags = {
    "address",  "article",    "aside",  "base",    "basefont", "blockquote", "body",     "caption",  "center",
    "col",      "colgroup",   "dd",     "details", "dialog",   "dir",        "div",      "dl",       "dt",
    "fieldset", "figcaption", "figure", "footer",  "form",     "frame",      "frameset", "h1",       "h2",
    "h3",       "h4",         "h5",     "h6",      "head",     "header",     "hr",       "html",     "iframe",
    "legend",   "li",         "link",   "main",    "menu",     "menuitem",   "nav",      "noframes", "ol",
    "optgroup", "option",     "p",      "param",   "search",   "section",    "summary",  "table",    "tbody",
    "td",       "tfoot",      "th",     "thead",   "title",    "tr",         "track",    "ul"};

constexpr bool is_blank(char ch) { return ch == ' ' || ch == '\t' || ch == '\r'; }
constexpr bool is_space(char ch) { return ch == ' ' || ch == '\t'; }
constexpr bool is_digit(char ch) { return ch >= '0' && ch <= '9'; }
constexpr char lower(char ch) { return ch >= 'A' && ch <= 'Z' ? static_cast<char>(ch + 32) : ch; }
constexpr bool is_letter(char ch) { return lower(ch) >= 'a' && lower(ch) <= 'z'; }
constexpr bool is_wordy(char ch) {
  return is_letter(ch) || is_digit(ch) || (static_cast<unsigned char>(ch) & 0x80) != 0;
}
constexpr bool is_punctuation(char ch) { return ch > ' ' && ch < 0x7F && !is_letter(ch) && !is_digit(ch); }

bool only(std::string_view text, char ch) { return text.find_first_not_of(ch) == kNone; }

bool has_closer(std::string_view text, std::string_view closer) {
  return std::search(text.begin(), text.end(), closer.begin(), closer.end(),
                     [](char a, char b) { return lower(a) == b; }) != text.end();
}

struct Line {
  std::size_t start;
  std::string_view text;  // from its first character that is no space or tab to its last that is none
  std::size_t indent;     // in columns; a tab goes to the next multiple of 4
};

/// An ATX title without the run of # that closes it.
std::string_view unclosed(std::string_view title) {
  while (!title.empty() && is_space(title.front())) title.remove_prefix(1);
  while (!title.empty() && is_space(title.back())) title.remove_suffix(1);
  const std::size_t last = title.find_last_not_of('#');
  const std::string_view bare = title.substr(0, last == kNone ? 0 : last + 1);
  return bare.empty() || is_space(bare.back()) ? bare : title;
}

/// Three or more of one of - * _ with nothing but spaces between.
bool is_rule(std::string_view text) {
  const char mark = text[0];
  if (mark != '-' && mark != '*' && mark != '_') return false;
  std::size_t count = 0;
  for (const char ch : text) {
    if (ch == mark) {
      ++count;
    } else if (!is_space(ch)) {
      return false;
    }
  }
  return count >= 3;
}

/// How long the marker of a list item is that begins the line; 0 without one.
std::size_t marker_of(std::string_view text) {
  std::size_t at = 0;
  if (text[0] == '-' || text[0] == '*' || text[0] == '+') {
    at = 1;
  } else {
    while (at < text.size() && at < 9 && is_digit(text[at])) ++at;
    if (at == 0 || at == text.size() || (text[at] != '.' && text[at] != ')')) return 0;
    ++at;
  }
  return at == text.size() || is_space(text[at]) ? at : 0;
}

/// Whether a list item may follow a line of prose: it has words, and is not numbered or has the number 1.
bool interrupts(std::string_view text, std::size_t marker) {
  return text.size() > marker && (marker == 1 || (marker == 2 && text[0] == '1'));
}

/// -, --, :-, -: or :-: and so on, with spaces around.
bool is_delimiter(std::string_view cell) {
  while (!cell.empty() && is_space(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && is_space(cell.back())) cell.remove_suffix(1);
  if (!cell.empty() && cell.front() == ':') cell.remove_prefix(1);
  if (!cell.empty() && cell.back() == ':') cell.remove_suffix(1);
  return !cell.empty() && only(cell, '-');
}

/// The cells of a row of a table; 0 where it is none: it has no |, or is no delimiter row where one is asked for.
std::size_t cells_of(std::string_view row, bool delimiter) {
  if (row.empty() || (delimiter && row.find_first_not_of("|:- \t") != kNone)) return 0;
  std::size_t pipes = 0;
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (row[at] == '\\') {
      ++at;
    } else if (row[at] == '|') {
      ++pipes;
    }
  }
  if (pipes == 0) return 0;
  const bool opens = row[0] == '|';
  const bool closes = row.size() > 1 && row.back() == '|' && row[row.size() - 2] != '\\';
  const std::size_t edges = (opens ? 1U : 0U) + (closes ? 1U : 0U);
  if (pipes + 1 <= edges) return 0;
  if (delimiter) {
    std::string_view rest = row.substr(opens ? 1 : 0);
    if (closes) rest.remove_suffix(1);
    for (;;) {
      const std::size_t end = rest.find('|');
      if (!is_delimiter(rest.substr(0, end))) return 0;
      if (end == kNone) break;
      rest.remove_prefix(end + 1);
    }
  }
  return pipes + 1 - edges;
}

/// What an HTML block ends with, in lower case; empty for a blank line.
struct Closer {
  bool opens = false;
  std::string_view text;
};

Closer html_of(std::string_view text, bool in_paragraph) {
  if (text.starts_with("<!--")) return {true, "-->"};
  if (text.starts_with("<?")) return {true, "?>"};
  if (text.starts_with("<![CDATA[")) return {true, "]]>"};
  if (text.size() > 2 && text[1] == '!' && is_letter(text[2])) return {true, ">"};
  const bool closing = text.size() > 1 && text[1] == '/';
  std::size_t at = closing ? 2 : 1;
  std::array<char, 16> letters{};
  std::size_t size = 0;
  if (at >= text.size() || !is_letter(text[at])) return {};
  while (at < text.size() && size < letters.size() && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '-')) {
    letters[size++] = lower(text[at++]);
  }
  if (at < text.size() && !is_space(text[at]) && text[at] != '>' && text[at] != '/') return {};
  const std::string_view name(letters.data(), size);
  if (!closing) {
    if (name == "script") return {true, "</script"};
    if (name == "pre") return {true, "</pre"};
    if (name == "style") return {true, "</style"};
    if (name == "textarea") return {true, "</textarea"};
  }
  if (std::binary_search(kBlockTags.begin(), kBlockTags.end(), name)) return {true, {}};
  return {!in_paragraph && text.back() == '>', {}};
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Block> run() {
    FenceTracker tracker;
    std::size_t start = front_matter();
    while (start < text_.size()) {
      const std::size_t following = next(start);
      const Line line = line_at(start, following);
      const bool was_open = tracker.open();
      // No other line changes what the tracker knows at the start of the next.
      if (!line.text.empty() && (line.text[0] == '`' || line.text[0] == '~')) {
        const bool ended = text_[following - 1] == '\n';
        tracker.feed(text_.substr(start, following - start - (ended ? 1 : 0)));
        tracker.feed("\n");
      }
      if (was_open) {
        if (!tracker.open()) {
          lazy_ = false;
          kind_ = closed;
        }
      } else if (tracker.open()) {
        open(BlockKind::code, line);
      } else if (line.text.empty()) {
        lazy_ = false;
        if (kind_ == open_as(BlockKind::html) && closer_.empty()) kind_ = closed;
      } else {
        read(line);
        last_ = start;
      }
      start = following;
    }
    close(text_.size());
    return std::move(blocks_);
  }

 private:
  // The kind of the block that is open; a closed one waits for the line after its blank lines.
  using Open = std::uint8_t;
  static constexpr Open closed = 0xFF;
  static constexpr Open open_as(BlockKind kind) { return static_cast<Open>(kind); }
  [[nodiscard]] bool in(BlockKind kind) const { return kind_ == open_as(kind); }

  [[nodiscard]] std::size_t next(std::size_t start) const {
    const void* found = std::memchr(text_.data() + start, '\n', text_.size() - start);
    return found == nullptr ? text_.size()
                            : static_cast<std::size_t>(static_cast<const char*>(found) - text_.data()) + 1;
  }

  [[nodiscard]] Line line_at(std::size_t start, std::size_t following) const {
    std::size_t end = text_[following - 1] == '\n' ? following - 1 : following;
    std::size_t at = start, indent = 0;
    for (; at < end && is_space(text_[at]); ++at) indent += text_[at] == ' ' ? 1 : 4 - indent % 4;
    while (end > at && is_blank(text_[end - 1])) --end;
    return {start, text_.substr(at, end - at), indent};
  }

  [[nodiscard]] Span span_of(std::string_view part) const {
    const auto start = static_cast<std::size_t>(part.data() - text_.data());
    return {start, start + part.size()};
  }

  /// Where the text goes on behind lines between --- at its start.
  std::size_t front_matter() {
    if (!text_.starts_with("---")) return 0;
    std::size_t start = next(0);
    const Line first = line_at(0, start);
    if (first.text != "---") return 0;
    while (start < text_.size()) {
      const std::size_t following = next(start);
      const Line line = line_at(start, following);
      if (line.indent == 0 && (line.text == "---" || line.text == "...")) {
        open(BlockKind::front_matter, first);
        return following;
      }
      start = following;
    }
    return 0;
  }

  void open(BlockKind kind, const Line& line, std::uint8_t level = 0, Span title = {}) {
    // Blank lines at the start of a text belong to its first block, which begins at 0 as block_ does.
    if (kind_ != open_as(BlockKind::none)) {
      close(line.start);
      block_.span.start = line.start;
    }
    first_ = line.start;
    block_.kind = kind;
    block_.level = level;
    block_.title = title;
    kind_ = open_as(kind);
    lazy_ = kind != BlockKind::heading && kind != BlockKind::rule && kind != BlockKind::front_matter &&
            kind != BlockKind::code;
  }

  void close(std::size_t end) {
    if (kind_ == open_as(BlockKind::none) || end == block_.span.start) return;
    block_.span.end = end;
    blocks_.push_back(block_);
  }

  /// A line that is not blank, outside of fences.
  void read(const Line& line) {
    const std::string_view text = line.text;
    if (in(BlockKind::html)) {
      if (!closer_.empty() && has_closer(text, closer_)) kind_ = closed;
      return;
    }
    const bool within = in(BlockKind::item) && line.indent >= content_;  // a line of the list item
    if (within || line.indent >= 4) return read_indented(line, within);
    if (in(BlockKind::indented)) kind_ = closed;
    if (text[0] == '#') {
      const std::size_t level = std::min(text.find_first_not_of('#'), text.size());
      if (level <= 6 && (level == text.size() || is_space(text[level]))) {
        return open(BlockKind::heading, line, static_cast<std::uint8_t>(level), span_of(unclosed(text.substr(level))));
      }
    }
    const bool in_paragraph = in(BlockKind::paragraph) && lazy_;
    if (in_paragraph && (only(text, '=') || only(text, '-'))) {
      block_.kind = BlockKind::heading;
      block_.level = text[0] == '=' ? 1 : 2;
      block_.title = {block_.span.start, line.start};
      kind_ = closed;
      lazy_ = false;
      return;
    }
    if (in_paragraph && heads_table(line)) return;
    if (in(BlockKind::table) && lazy_ && text[0] == '|') return;
    if (is_rule(text)) return open(BlockKind::rule, line);
    const std::size_t marker = marker_of(text);
    if (marker > 0 && !(in_paragraph && !interrupts(text, marker))) return item(line, marker);
    if (text[0] == '>') {
      if (!(in(BlockKind::quote) && lazy_)) open(BlockKind::quote, line);
      return;
    }
    if (text[0] == '<') {
      if (const Closer closer = html_of(text, in_paragraph); closer.opens) {
        open(BlockKind::html, line);
        closer_ = closer.text;
        if (!closer_.empty() && has_closer(text.substr(2), closer_)) kind_ = closed;
        return;
      }
    }
    const bool goes_on =
        in(BlockKind::paragraph) || in(BlockKind::quote) || in(BlockKind::item) || in(BlockKind::table);
    if (!(lazy_ && goes_on)) open(BlockKind::paragraph, line);
  }

  /// A line of the list item, or one that stands in by 4 columns or more.
  void read_indented(const Line& line, bool within) {
    const std::size_t marker = in(BlockKind::item) ? marker_of(line.text) : 0;
    if (within) {
      if (marker > 0 && !is_rule(line.text)) return item(line, marker);
      lazy_ = true;
      return;
    }
    if (marker > 0) return item(line, marker);
    if (lazy_ && (in(BlockKind::paragraph) || in(BlockKind::quote) || in(BlockKind::table) || in(BlockKind::item)))
      return;
    if (!in(BlockKind::indented)) open(BlockKind::indented, line);
  }

  void item(const Line& line, std::size_t marker) {
    open(BlockKind::item, line);
    std::size_t spaces = 0;
    while (marker + spaces < line.text.size() && is_space(line.text[marker + spaces])) ++spaces;
    content_ = line.indent + marker + (spaces >= 1 && spaces <= 4 ? spaces : 1);
  }

  /// Whether the line is the second of a table; then the last line of the paragraph was the first.
  bool heads_table(const Line& line) {
    const std::size_t cells = cells_of(line.text, true);
    if (cells == 0) return false;
    const std::string_view header = line_at(last_, line.start).text;
    if (cells_of(header, false) != cells) return false;
    if (last_ > first_) {
      close(last_);
      block_.span.start = last_;
    }
    block_.kind = BlockKind::table;
    kind_ = open_as(BlockKind::table);
    return true;
  }

  std::string_view text_;
  std::vector<Block> blocks_;
  Block block_;
  Open kind_ = open_as(BlockKind::none);
  bool lazy_ = false;        // the next line may go on with the block without being indented: no blank line came
  std::size_t content_ = 0;  // where the text of a list item begins, in columns
  std::string_view closer_;  // what ends an HTML block, empty for a blank line
  std::size_t first_ = 0, last_ = 0;  // where the first and the last line of the block start
};

}  // namespace

std::vector<Block> markdown_blocks(std::string_view text) { return Reader(text).run(); }

}  // namespace paritas
