#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paritas {

/// Reads the beginning of a valid JSON text, byte by byte, and knows what of it is certain. What it shows is what repair_json
/// makes of such a text with partial; it stops being good at the first byte that valid JSON cannot have there.
class JsonProgress {
 public:
  explicit JsonProgress(std::size_t max_depth) : max_depth_(max_depth) {}

  /// Reads what the text has gained since the last call; the text must only grow, by whole code points.
  void read(std::string_view text);
  [[nodiscard]] bool good() const noexcept { return state_ != State::bad; }

  // What follows is for a good one. text: as it was read, without a code point whose end is yet to come

  [[nodiscard]] std::string snapshot(std::string_view text) const;
  /// The value has ended.
  [[nodiscard]] bool complete() const noexcept;
  [[nodiscard]] std::string path(std::string_view text) const;

 private:
  // Before a value, or (first) the closer of an array; before a key, or (first) the closer of an object; between key and
  // colon; behind a value; in a string, an escape of it, a number, a literal.
  enum class State : unsigned char {
    value,
    first_value,
    key,
    first_key,
    colon,
    after,
    string,
    escape,
    hex,
    number,
    literal,
    bad
  };
  // Where in a number: behind its sign, a leading zero, in its whole digits, behind the point, in the fraction, behind the e, behind
  // the sign of the exponent, in the exponent.
  enum class Number : unsigned char { sign, zero, whole, point, fraction, e, exponent_sign, exponent };

  struct Level {
    bool object;
    std::size_t settled;  // in the text: behind the last finished member, or the bracket
    std::size_t count;
    std::size_t key_start, key_end;  // in the text, with quotes
  };

  void step(char ch, std::size_t at);
  void begin_value(char ch, std::size_t at);
  void open(bool object, std::size_t at);
  void close(std::size_t at);
  void settle(std::size_t end);
  void after(char ch, std::size_t at);
  [[nodiscard]] bool number(char ch);
  [[nodiscard]] bool number_ends() const noexcept;
  [[nodiscard]] bool in_string() const noexcept {
    return state_ == State::string || state_ == State::escape || state_ == State::hex;
  }

  std::size_t max_depth_;
  State state_ = State::value;
  Number number_ = Number::sign;
  bool is_key_ = false;
  std::size_t read_ = 0;
  std::size_t start_ = 0;    // of the outermost value
  std::size_t token_ = 0;    // start of the string or of the number
  std::size_t escape_ = 0;   // start of the escape
  std::size_t high_ = 0;     // behind the last escape that was a high surrogate
  bool high_half_ = false;   // the escape may be one
  std::string_view rest_{};  // of a literal
  std::vector<Level> levels_;
};

}  // namespace paritas
