#include "chunk/code_blocks.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

// Words of a line that goes on with what an earlier one began.
constexpr std::array<std::string_view, 10> kContinued = {"else",  "elif",   "elsif",  "except", "finally",
                                                         "catch", "rescue", "ensure", "then",   "do"};
// After one of these a / begins a regular expression; after others it divides.
constexpr std::string_view kBeforeRegex = "\n(,=:[!&|?{};+-*%<>~^";

constexpr bool is_space(char ch) { return ch == ' ' || ch == '\t'; }
constexpr bool is_opener(char ch) { return ch == '(' || ch == '[' || ch == '{'; }
constexpr bool is_closer(char ch) { return ch == ')' || ch == ']' || ch == '}'; }
constexpr bool is_digit(char ch) { return ch >= '0' && ch <= '9'; }
constexpr bool is_alnum(char ch) { return is_digit(ch) || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z'); }
constexpr bool is_word(char ch) { return ch == '_' || is_alnum(ch); }

struct Line {
  std::size_t start;
  std::size_t first;   // its first character that is no space or tab
  std::size_t indent;  // in columns; a tab goes to the next multiple of 4
  bool blank;
  bool after_blank;  // the line before is blank, or there is none
  bool inside;       // begins within brackets, a string or a comment
  bool outermost;    // ends outside of brackets
};

class Scanner {
 public:
  Scanner(std::string_view text, const Language& language)
      : text_(text),
        language_(language),
        characters_(language.has('\'')),
        regexes_(language.has('/')),
        here_documents_(language.has('<')),
        raw_cpp_(language.has('R')),
        raw_rust_(language.has('#')),
        spaced_comments_(language.has('^')) {
    const auto mark = [&](std::string_view token) {
      if (!token.empty()) special_[static_cast<unsigned char>(token[0])] = true;
    };
    mark("\n");
    mark("\\");
    mark(language.comment_opener);
    for (const std::string_view opener : language.line_comments) mark(opener);
    for (const Quote& quote : language.quotes) mark(quote.opener);
    if (language.brackets) {
      for (const char* bracket : {"(", "[", "{", ")", "]", "}"}) mark(bracket);
    }
    if (characters_) mark("'");
    if (regexes_) mark("/");
    if (here_documents_) mark("<");
    if (raw_cpp_) mark("R");
    if (raw_rust_) mark("r");
  }

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }

  Line line() {
    Line line{at_, at_, 0, false, false, within_ != Within::nothing || depth_ > 0, false};
    for (; line.first < text_.size() && is_space(text_[line.first]); ++line.first) {
      line.indent += text_[line.first] == ' ' ? 1 : 4 - line.indent % 4;
    }
    std::size_t behind = line.first;
    while (behind < text_.size() && text_[behind] == '\r') ++behind;
    line.blank = behind == text_.size() || text_[behind] == '\n';
    if (within_ == Within::here) {
      here_line();
    } else {
      read_line();
    }
    line.outermost = depth_ == 0;
    return line;
  }

 private:
  enum class Within : std::uint8_t { nothing, string, comment, here };
  struct Here {
    std::string_view delimiter;
    bool indented;
  };

  [[nodiscard]] bool starts(std::string_view token, std::size_t at) const {
    return text_.substr(at).starts_with(token);
  }
  [[nodiscard]] char at_or(std::size_t at, char other) const { return at < text_.size() ? text_[at] : other; }
  [[nodiscard]] std::size_t line_end(std::size_t at) const {
    const void* found = std::memchr(text_.data() + at, '\n', text_.size() - at);
    return found == nullptr ? text_.size() : static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
  }

  void here_line() {
    const std::size_t end = line_end(at_);
    std::string_view line = text_.substr(at_, end - at_);
    at_ = std::min(end + 1, text_.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    const Here& here = here_[next_here_];
    if (here.indented) line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
    if (line != here.delimiter) return;
    if (++next_here_ < here_.size()) return;
    here_.clear();
    next_here_ = 0;
    within_ = Within::nothing;
  }

  /// Reads to the end of the line, with its LF.
  void read_line() {
    line_ = at_;
    while (at_ < text_.size()) {
      const char ch = text_[at_];
      if (ch == '\n') {
        ++at_;
        if (within_ == Within::string && !over_lines_) within_ = Within::nothing;
        if (within_ == Within::nothing && !here_.empty()) within_ = Within::here;
        return;
      }
      if (within_ == Within::string) {
        in_string(ch);
      } else if (within_ == Within::comment) {
        in_comment(ch);
      } else if (special_[static_cast<unsigned char>(ch)]) {
        special(ch);
      } else {
        ++at_;
      }
    }
  }

  void in_string(char ch) {
    if (ch == '\\' && escapes_) {
      // An escaped end of line is still one; a string that goes over lines goes on behind it anyhow. The other bytes of a
      // code point that is escaped are no quotes.
      const char escaped = at_or(at_ + 1, '\n');
      at_ += escaped == '\n' || escaped == '\r' ? 1 : 2;
      at_ = std::min(at_, text_.size());
    } else if (ch == closer_[0] && starts(closer_, at_)) {
      at_ += closer_.size();
      within_ = Within::nothing;
    } else {
      ++at_;
    }
  }

  void in_comment(char ch) {
    if (ch == closer_[0] && starts(closer_, at_)) {
      at_ += closer_.size();
      if (--nesting_ == 0) within_ = Within::nothing;
    } else if (language_.nested && starts(language_.comment_opener, at_)) {
      at_ += language_.comment_opener.size();
      ++nesting_;
    } else {
      ++at_;
    }
  }

  void special(char ch) {
    if (!language_.comment_opener.empty() && starts(language_.comment_opener, at_) &&
        (language_.comment_opener[0] != '=' || at_ == line_)) {
      within_ = Within::comment;
      closer_ = language_.comment_closer;
      nesting_ = 1;
      at_ += language_.comment_opener.size();
      return;
    }
    for (const std::string_view opener : language_.line_comments) {
      if (starts(opener, at_) && is_comment(opener)) {
        at_ = line_end(at_);
        return;
      }
    }
    if (raw_cpp_ && ch == 'R' && raw_cpp()) return;
    if (raw_rust_ && ch == 'r' && raw_rust()) return;
    for (const Quote& quote : language_.quotes) {
      if (starts(quote.opener, at_)) return open(quote.opener.size(), quote.closer, quote.escapes, quote.lines);
    }
    if (ch == '\'' && characters_) return character();
    if (ch == '/' && regexes_ && at_ >= no_regex_ && kBeforeRegex.find(before()) != std::string_view::npos)
      return regex();
    if (here_documents_ && starts("<<", at_)) return here();
    if (language_.brackets) {
      if (is_opener(ch)) {
        ++depth_;
      } else if (is_closer(ch) && depth_ > 0) {
        --depth_;
      }
    }
    // What is escaped outside of strings stands for itself: \( in a shell.
    const char escaped = at_or(at_ + 1, '\n');
    at_ += ch == '\\' && escaped != '\n' && escaped != '\r' ? 2 : 1;
  }

  void open(std::size_t opener, std::string_view closer, bool escapes, bool lines) {
    within_ = Within::string;
    closer_ = closer;
    escapes_ = escapes;
    over_lines_ = lines;
    at_ += opener;
  }

  [[nodiscard]] bool is_comment(std::string_view opener) const {
    if (opener == "#" && language_.decorators.size > 0 && language_.decorators.items[0] == "#[" && starts("#[", at_)) {
      return false;
    }
    // ${#name} is no comment in a shell, nor is http:// in what nobody knows.
    return !spaced_comments_ || at_ == line_ || is_space(text_[at_ - 1]);
  }

  /// R"name( to )name", the name with 16 characters at most.
  bool raw_cpp() {
    if (at_or(at_ + 1, '\0') != '"') return false;
    std::size_t end = at_ + 2;
    const auto is_name = [](char ch) {
      return ch > ' ' && ch < 0x7F && ch != '(' && ch != ')' && ch != '\\' && ch != '"';
    };
    while (end < text_.size() && end - at_ < 19 && is_name(text_[end])) ++end;
    if (at_or(end, '\0') != '(') return false;
    owned_closer_ = ')';
    owned_closer_ += text_.substr(at_ + 2, end - at_ - 2);
    owned_closer_ += '"';
    open(end + 1 - at_, owned_closer_, false, true);
    return true;
  }

  /// r" to ", r#" to "#, with up to 32 signs.
  bool raw_rust() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && end - at_ < 33 && text_[end] == '#') ++end;
    if (at_or(end, '\0') != '"') return false;
    owned_closer_ = '"';
    owned_closer_.append(end - at_ - 1, '#');
    open(end + 1 - at_, owned_closer_, false, true);
    return true;
  }

  /// 'x' and '\n'; the ' of a lifetime, or between digits, is nothing.
  void character() {
    const std::size_t next = at_ + 1;
    if (at_or(next, '\0') == '\\') return open(1, "'", true, false);
    if (next < text_.size() && text_[next] != '\n') {
      const std::size_t end = next + decode_utf8(text_, next).bytes;
      if (at_or(end, '\0') == '\'') {
        at_ = end + 1;
        return;
      }
    }
    at_ = next;
  }

  /// To the / that ends it; without one on the line it is a sign like others.
  void regex() {
    std::size_t at = at_ + 1;
    bool in_class = false;
    for (; at < text_.size() && text_[at] != '\n'; ++at) {
      const char ch = text_[at];
      if (ch == '\\' && at_or(at + 1, '\n') != '\n') {
        ++at;
      } else if (ch == '[') {
        in_class = true;
      } else if (ch == ']') {
        in_class = false;
      } else if (ch == '/' && !in_class) {
        at_ = at + 1;
        return;
      }
    }
    no_regex_ = at;  // what is left of the line is not read again for each / of it
    ++at_;
  }

  /// The character of the line before the one here that is no space; LF for none.
  [[nodiscard]] char before() const {
    std::size_t at = at_;
    while (at > line_ && (is_space(text_[at - 1]) || text_[at - 1] == '\r')) --at;
    return at > line_ ? text_[at - 1] : '\n';
  }

  /// <<EOF, <<-EOF, <<'EOF': its lines begin with the next one.
  void here() {
    std::size_t at = at_ += 2;
    const bool indented = at_or(at, '\0') == '-' || at_or(at, '\0') == '~';
    at += indented ? 1 : 0;
    const char quote = at_or(at, '\0');
    const bool quoted = quote == '\'' || quote == '"';
    at += quoted ? 1 : 0;
    std::size_t end = at;
    while (end < text_.size() && end - at < 64 && is_word(text_[end])) ++end;
    if (end == at || is_digit(text_[at])) return;
    here_.push_back({text_.substr(at, end - at), indented});
    at_ = end + (quoted && at_or(end, '\0') == quote ? 1 : 0);
  }

  std::string_view text_;
  const Language& language_;
  bool characters_, regexes_, here_documents_, raw_cpp_, raw_rust_, spaced_comments_;
  std::array<bool, 256> special_{};
  std::size_t at_ = 0, line_ = 0, depth_ = 0;
  Within within_ = Within::nothing;
  std::string_view closer_;   // of the string or comment the text stands in
  std::string owned_closer_;  // of a raw string
  std::size_t nesting_ = 0;
  bool escapes_ = false, over_lines_ = false;
  std::size_t no_regex_ = 0;  // up to there no / begins a regular expression
  std::vector<Here> here_;    // here documents that the next line begins
  std::size_t next_here_ = 0;
};

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < 12 && text[end] >= 'a' && text[end] <= 'z') ++end;
  return end < text.size() && is_word(text[end]) ? std::string_view() : text.substr(at, end - at);
}

template <class Words>
bool one_of(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool closes(std::string_view text, const Line& line, const Language& language) {
  if (language.brackets && is_closer(text[line.first])) return true;
  if (!language.brackets && text.substr(line.first).starts_with("</")) return true;
  return language.end_words.size > 0 && one_of(language.end_words, word_at(text, line.first));
}

/// Whether a comment or a decorator begins there.
bool is_prefix(std::string_view text, std::size_t at, const Language& language) {
  const std::string_view rest = text.substr(at);
  const auto begins = [&](std::string_view token) { return rest.starts_with(token); };
  return std::any_of(language.decorators.begin(), language.decorators.end(), begins) ||
         std::any_of(language.line_comments.begin(), language.line_comments.end(), begins) ||
         (!language.comment_opener.empty() && begins(language.comment_opener));
}

}  // namespace

std::vector<CodeLine> code_cuts(std::string_view text, const Language& language) {
  std::vector<Line> lines;
  std::size_t least = static_cast<std::size_t>(-1);
  bool after_blank = true;
  for (Scanner scanner(text, language); !scanner.done();) {
    Line line = scanner.line();
    line.after_blank = after_blank;
    after_blank = line.blank;
    if (line.blank) continue;  // it goes with the line before
    lines.push_back(line);
    if (!line.inside) least = std::min(least, line.indent);
  }
  std::vector<CodeLine> cuts;
  cuts.reserve(lines.size());
  const Line* previous = nullptr;
  bool closing = false;  // the line before closes a block
  bool prefix = false;   // nothing but comments and decorators since the block began
  for (const Line& line : lines) {
    CodeCut cut = line.after_blank ? CodeCut::paragraph : CodeCut::line;
    const bool outer = !line.inside && line.indent == least;
    const bool ends = closes(text, line, language);
    if (outer && !ends && !one_of(kContinued, word_at(text, line.first))) {
      const bool out =
          language.dedents && previous != nullptr && previous->indent > least && !is_opener(text[line.first]);
      if (line.after_blank || (!prefix && (closing || out))) {
        cut = CodeCut::block;
        prefix = true;
      }
    }
    if (!line.inside) prefix = prefix && is_prefix(text, line.first, language);
    closing = ends && line.outermost && line.indent == least;
    cuts.push_back({line.start, cut});
    previous = &line;
  }
  return cuts;
}

}  // namespace paritas
