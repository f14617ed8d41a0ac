#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json_content.hpp"
#include "json_source.hpp"
#include "paritas/repair/json_repair.hpp"

namespace paritas {

/// A mended value, and where its source lies.
struct JsonValue {
  std::size_t start = 0, end = 0;
  std::string text{};
  bool ok = true, truncated = false, depth_limited = false;
  std::vector<Change> changes{};
  std::size_t change_count = 0;
  std::string path{};  // JSON pointer to the value in which the text ends
};

/// Reads one value of JSON that is none yet, and writes it as JSON. Used once.
class JsonMachine {
 public:
  JsonMachine(JsonSource& source, std::size_t at, const RepairOptions& options)
      : source_(source),
        text_(source.text()),
        options_(options),
        start_(at),
        at_(at),
        notes_(static_cast<std::size_t>(options.max_changes)) {
    source.set_arriving(options.partial);
  }

  /// The value whose bracket stands at the start.
  [[nodiscard]] JsonValue run();
  /// The string that a text without brackets is.
  [[nodiscard]] JsonValue scalar(const Opening& opening);

 private:
  enum class State : std::uint8_t { value, key, colon, after };
  // set: a `{` that is written as an array; tuple: a `(`; wrapper: a name and its parenthesis, as in ObjectId(..).
  enum class Kind : std::uint8_t { object, array, set, tuple, wrapper };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  struct Open {
    Kind kind;
    std::size_t opened;       // in the output
    std::size_t settled = 0;  // in the output: behind the last finished element
    std::size_t count = 0;
    std::size_t comma = kNone;     // in the output, when the last thing was a comma
    std::size_t comma_at = kNone;  // in the text, unless it was put in
    Span key{};                    // in the output
  };

  char32_t space();
  void strip_output(bool lines);
  [[nodiscard]] bool escaped_space() const;

  void open(Kind kind, std::size_t size);
  [[nodiscard]] bool set_follows() const;
  [[nodiscard]] std::size_t item(std::size_t i, std::size_t limit) const;
  void finish(std::string_view written);
  void settle();
  void drop_comma(Open& top);
  void close(bool ended);
  void closer(char32_t ch);
  void stray(char32_t ch);
  [[nodiscard]] bool goes_on(std::size_t i) const;
  void missing_value();
  void over();
  [[nodiscard]] std::string path() const;

  void comma();
  void write_comma();
  void next_state(const Open& top) { state_ = top.kind == Kind::object ? State::key : State::value; }
  void after();
  void key();
  void keyed(std::size_t start);
  void empty_key();
  void bare_key();
  void bare_text(std::size_t start, std::size_t end, ChangeKind kind);
  void colon();
  void value();

  void string(Opening opening, Place place);
  void string_content(std::size_t start, std::size_t stop, const Opening& opening);
  [[nodiscard]] std::size_t joined() const;
  [[nodiscard]] std::size_t unclosed(std::size_t start, std::size_t stop, Place place) const;
  void string_value(const Opening& opening);
  void coerce(std::size_t written, std::size_t start);
  void word();
  void write_word(std::string_view written, ChangeKind kind, std::size_t start, std::size_t end);
  [[nodiscard]] bool ends_word(std::size_t after, std::string_view word) const;
  [[nodiscard]] bool grouped();
  [[nodiscard]] bool wrapper();
  void bare_value();

  void note(ChangeKind kind, std::size_t start, std::size_t end) { notes_.add(kind, start, end); }
  [[nodiscard]] Place place() const {
    if (stack_.empty()) return Place::nothing;
    return stack_.back().kind == Kind::object ? Place::object : Place::array;
  }
  /// Which counter a kind of container has: that of its closer in the text.
  static std::size_t slot(Kind kind) {
    return kind == Kind::object || kind == Kind::set ? 0 : kind == Kind::array ? 1 : 2;
  }
  static std::size_t slot(char32_t closer) { return closer == '}' ? 0 : closer == ']' ? 1 : 2; }

  JsonSource& source_;
  std::string_view text_;
  const RepairOptions& options_;
  std::size_t start_, at_;
  std::string out_;
  std::vector<Open> stack_;
  ChangeList notes_;
  std::size_t counts_[3] = {};
  State state_ = State::value;
  bool truncated_ = false, depth_limited_ = false;
  bool cut_ = false;  // the text ends within a string, a number or a word
  bool wrapped_ = false;
  std::string path_;
};

/// The text that a JSON string says; a lone surrogate becomes U+FFFD. quoted: with its quotes
std::string json_string_text(std::string_view quoted);

/// Appends a key, written as JSON, as a part of a JSON pointer.
void append_pointer_part(std::string& out, std::string_view key);

}  // namespace paritas
