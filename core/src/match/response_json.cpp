#include <cstddef>

#include "match/pii_find.hpp"
#include "match/response_find.hpp"

namespace paritas::response {
namespace {

constexpr int kDeepest = 64;

/// Says whether a text is one JSON object, and whether it has the keys of a call, as they are written.
class Json {
 public:
  explicit Json(std::string_view text) : text_(text) {}
  bool is_call() { return object(1) && at_ == text_.size() && name_ && arguments_; }

 private:
  char next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
    return here();
  }
  [[nodiscard]] char here() const { return pii::char_at(text_, at_); }
  bool take(char c) {
    if (next() != c) return false;
    ++at_;
    return true;
  }

  bool object(int depth) {
    if (depth > kDeepest || !take('{')) return false;
    if (take('}')) return true;
    while (true) {
      next();
      const std::size_t start = at_ + 1;
      if (!string()) return false;
      if (depth == 1) {
        const std::string_view key = text_.substr(start, at_ - 1 - start);
        name_ = name_ || key == "name";
        arguments_ = arguments_ || key == "arguments" || key == "parameters";
      }
      if (!take(':') || !value(depth)) return false;
      if (take('}')) return true;
      if (!take(',')) return false;
    }
  }

  bool array(int depth) {
    if (depth > kDeepest || !take('[')) return false;
    if (take(']')) return true;
    while (true) {
      if (!value(depth)) return false;
      if (take(']')) return true;
      if (!take(',')) return false;
    }
  }

  bool value(int depth) {
    const char c = next();
    if (c == '{') return object(depth + 1);
    if (c == '[') return array(depth + 1);
    if (c == '"') return string();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_, word.size()) == word) {
        at_ += word.size();
        return true;
      }
    }
    return number();
  }

  bool string() {
    if (!take('"')) return false;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < ' ') return false;
      ++at_;
      if (c == '"') return true;
      if (c == '\\' && !escape()) return false;
    }
    return false;
  }

  bool escape() {
    const char c = here();
    ++at_;
    if (c != 'u') return c != '\0' && std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char digit = pii::lower(here());
      if (!pii::is_digit(digit) && !(digit >= 'a' && digit <= 'f')) return false;
    }
    return true;
  }

  bool digits() {
    const std::size_t start = at_;
    while (pii::is_digit(here())) ++at_;
    return at_ > start;
  }

  bool number() {
    if (here() == '-') ++at_;
    const std::size_t start = at_;
    if (!digits() || (text_[start] == '0' && at_ - start > 1)) return false;
    if (here() == '.') {
      ++at_;
      if (!digits()) return false;
    }
    if (here() != 'e' && here() != 'E') return true;
    ++at_;
    if (here() == '+' || here() == '-') ++at_;
    return digits();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool name_ = false, arguments_ = false;
};

}  // namespace

bool is_json_call(std::string_view line) { return Json(line).is_call(); }

}  // namespace paritas::response
