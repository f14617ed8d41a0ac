#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

#include "secret_checks.hpp"

namespace paritas::secrets {

/// A set of bytes for loops over many of them.
class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

 private:
  bool has_[256] = {};
};

/// A place in a text that moves forward over what it is asked to take. Every step says whether it could.
class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  /// The next byte; NUL at the end.
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] bool done() const { return at_ >= text_.size(); }

  bool word(std::string_view word) {
    if (!text_.substr(std::min(at_, text_.size())).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  /// In any case; the word is given in lower case.
  bool word_of_any_case(std::string_view word) {
    if (text_.size() - std::min(at_, text_.size()) < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (lowered(text_[at_ + i]) != word[i]) return false;
    }
    at_ += word.size();
    return true;
  }
  bool one_of(std::string_view set) {
    if (done() || set.find(text_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }
  /// As many bytes as `in` says of, at most `most`; false for fewer than `least`.
  template <class In>
  bool run(const In& in, std::size_t least, std::size_t most) {
    const std::size_t from = at_;
    while (at_ < text_.size() && at_ - from < most && in(text_[at_])) ++at_;
    return at_ - from >= least;
  }
  bool blanks(std::size_t least, std::size_t most) {
    return run([](char c) { return c == ' ' || c == '\t'; }, least, most);
  }
  /// Back to the start of a code point that a limit of bytes has cut.
  void to_code_point() {
    while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0u) == 0x80u) --at_;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

/// Not by find, which calls memchr: the sets are short, and asked byte by byte.
constexpr bool is_one_of(char c, std::string_view set) {
  for (const char one : set) {
    if (one == c) return true;
  }
  return false;
}
/// Neither a control character nor a space.
inline bool is_visible(char c) { return static_cast<unsigned char>(c) > 0x20; }

}  // namespace paritas::secrets
