#include "chunk/markdown_title.hpp"

#include <algorithm>
#include <vector>

namespace paritas {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

constexpr bool is_letter(char ch) { return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z'); }
constexpr bool is_wordy(char ch) {
  return is_letter(ch) || (ch >= '0' && ch <= '9') || (static_cast<unsigned char>(ch) & 0x80) != 0;
}
constexpr bool is_punctuation(char ch) { return ch > ' ' && ch < 0x7F && !is_wordy(ch); }
constexpr bool is_space(char ch) { return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\n'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

class Title {
 public:
  explicit Title(std::string_view text)
      : text_(trimmed(text)), paren_(text_.rfind(')')), square_(text_.rfind(']')), angle_(text_.rfind('>')) {}

  std::string plain() {
    out_.reserve(text_.size());
    for (std::size_t at = 0; at < text_.size();) at = step(at);
    std::string plain;
    std::size_t taken = 0;
    std::sort(dropped_.begin(), dropped_.end());  // an inner link closes before the one around it
    for (const std::size_t dropped : dropped_) {
      plain.append(out_, taken, dropped - taken);
      taken = dropped + 1;
    }
    plain.append(out_, taken);
    while (!plain.empty() && plain.back() == ' ') plain.pop_back();
    return plain.substr(std::min(plain.find_first_not_of(' '), plain.size()));
  }

 private:
  [[nodiscard]] char at_or_zero(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  [[nodiscard]] bool wordy(std::size_t at) const { return at < text_.size() && is_wordy(text_[at]); }
  [[nodiscard]] static bool before(std::size_t at, std::size_t last) { return last != kNone && at < last; }

  /// Reads what stands there; one past it.
  std::size_t step(std::size_t at) {
    const char ch = text_[at], following = at_or_zero(at + 1);
    if (ch == '\\' && is_punctuation(following)) {
      add(following);
      return at + 2;
    }
    const std::size_t here = at++;
    switch (ch) {
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        if (!out_.empty() && !ends_blank_) out_ += ' ', ends_blank_ = true;
        return at;
      case '`':
      case '*':
        return at;
      case '~':
        if (following != '~' && (here == 0 || text_[here - 1] != '~')) add(ch);
        return at;
      case '_':
        if (here > 0 && wordy(here - 1) && wordy(at)) add(ch);
        return at;
      case '!':
        if (following != '[') add(ch);
        return at;
      case '[':
        brackets_.push_back(out_.size());
        add(ch);
        return at;
      case ']':
        return close_bracket(at, following);
      case '<':
        if (before(at, angle_) && (is_letter(following) || following == '/')) return text_.find('>', at) + 1;
        add(ch);
        return at;
      default:
        add(ch);
        return at;
    }
  }

  std::size_t close_bracket(std::size_t at, char following) {
    if (brackets_.empty()) {
      add(']');
      return at;
    }
    const std::size_t opener = brackets_.back();
    brackets_.pop_back();
    const bool link = following == '(' && before(at, paren_);
    const bool reference = following == '[' && before(at, square_);
    if (!link && !reference) {
      add(']');
      return at;
    }
    dropped_.push_back(opener);
    return text_.find(link ? ')' : ']', at) + 1;
  }

  void add(char ch) {
    out_ += ch;
    ends_blank_ = false;
  }

  std::string_view text_;
  std::size_t paren_, square_, angle_;  // the last of each, so that none is looked for in vain
  std::string out_;
  bool ends_blank_ = false;
  std::vector<std::size_t> brackets_, dropped_;  // opening brackets in out_: open ones, and those of links
};

}  // namespace

std::string plain_title(std::string_view text) { return Title(text).plain(); }

}  // namespace paritas
