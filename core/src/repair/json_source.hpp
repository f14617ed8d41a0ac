#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "../text/byte_scan.hpp"
#include "json_tokens.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {

inline constexpr std::size_t kLook = 256;  // code points of look-ahead at a time

/// What a string stands in.
enum class Place { key, object, array, nothing };

/// Quotes that end a string.
enum class Closers { doubled, single, backtick, any_double, any_single };

constexpr bool closes(Closers closers, char32_t ch) noexcept {
  switch (closers) {
    case Closers::doubled:
      return ch == '"';
    case Closers::single:
      return ch == '\'';
    case Closers::backtick:
      return ch == '`' || ch == 0xB4;
    case Closers::any_double:
      return is_double(ch);
    default:
      return is_single(ch);
  }
}

/// How a string opens.
struct Opening {
  std::size_t size;  // of what stands before its content
  Closers closers;
  bool triple = false;   // three quotes
  bool escaped = false;  // with \" in place of "
  bool raw = false;
};

/// Where the content of a string ends, and where the text goes on.
struct Ending {
  std::size_t end;
  std::size_t resume;
  bool closed;
  bool lost = false;  // its closing quote is missing
};

/// A place behind white space.
struct Seen {
  std::size_t at;
  bool broke;  // a line ends in the white space
  bool more;   // neither the end nor 256 code points were reached
};

/// A well-formed text, and what can be seen from a place of it.
class JsonSource {
 public:
  explicit JsonSource(std::string_view text) : text_(text), ascii_(count_bytes(text).ascii) {}

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] std::size_t end() const noexcept { return text_.size(); }
  /// 0 at the end and for NUL, which is white space.
  [[nodiscard]] char32_t at(std::size_t i) const noexcept {
    if (i >= text_.size()) return 0;
    const auto byte = static_cast<unsigned char>(text_[i]);
    return byte < 0x80 ? byte : decode_utf8(text_, i).code_point;
  }
  [[nodiscard]] bool is(std::size_t i, char ch) const noexcept { return i < text_.size() && text_[i] == ch; }
  /// Bytes of the code point at i.
  [[nodiscard]] std::size_t size(std::size_t i) const noexcept {
    const auto byte = static_cast<unsigned char>(text_[i]);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  }
  [[nodiscard]] std::size_t next(std::size_t i) const noexcept { return i + size(i); }
  /// The start of the code point before i.
  [[nodiscard]] std::size_t before(std::size_t i) const noexcept {
    do --i;
    while ((static_cast<unsigned char>(text_[i]) & 0xC0) == 0x80);
    return i;
  }
  /// 256 code points behind i, or the end.
  [[nodiscard]] std::size_t limit(std::size_t i, std::size_t points = kLook) const noexcept;
  [[nodiscard]] std::string_view cut(std::size_t start, std::size_t end) const noexcept {
    return text_.substr(start, end - start);
  }

  [[nodiscard]] Seen peek(std::size_t i) const noexcept;
  /// The same, up to a limit.
  [[nodiscard]] std::size_t peek(std::size_t i, std::size_t limit) const noexcept;
  [[nodiscard]] bool comment_at(std::size_t i) const noexcept;
  /// Bytes of an ellipsis that stands for elements; 0 without one.
  [[nodiscard]] std::size_t ellipsis(std::size_t i) const noexcept;
  [[nodiscard]] std::optional<Opening> opening(std::size_t i);
  [[nodiscard]] bool key_at(std::size_t i, bool bare) const noexcept;
  [[nodiscard]] Ending find_end(std::size_t start, const Opening& opening, Place place, bool parens);

  /// What is cut may go on.
  void set_arriving(bool arriving) noexcept { arriving_ = arriving; }

 private:
  [[nodiscard]] bool triple(std::size_t i, char quote);
  [[nodiscard]] bool element_at(std::size_t i) const noexcept;
  [[nodiscard]] bool literal_at(std::size_t i) const;
  [[nodiscard]] bool key_ends(std::size_t after) const;
  [[nodiscard]] bool value_ends(std::size_t after, Place place, bool parens);
  [[nodiscard]] bool comma_ends(std::size_t i, Place place) const noexcept;
  [[nodiscard]] std::size_t lost_value(std::size_t start, std::size_t i) const noexcept;
  [[nodiscard]] std::size_t lost_key(std::size_t start, std::size_t i) const noexcept;

  std::string_view text_;
  bool ascii_;
  bool arriving_ = false;
  std::size_t last_triple_[2] = {};  // of " and of ', 0 for not looked up, else one more
  std::size_t endless_[5] = {std::string_view::npos, std::string_view::npos, std::string_view::npos,
                             std::string_view::npos, std::string_view::npos};  // from where on no quote ends a key
};

/// Behind the comment at i; the line end stays.
std::size_t comment_end(std::string_view text, std::size_t i) noexcept;

}  // namespace paritas
