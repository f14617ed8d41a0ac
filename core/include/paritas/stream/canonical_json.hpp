#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

inline constexpr std::size_t kMaxCanonicalDepth = 1000;               ///< containers within each other
inline constexpr std::size_t kMaxCanonicalBits = 262144;              ///< of a whole number
inline constexpr std::size_t kMaxCanonicalBytes = 256 * 1024 * 1024;  ///< of the text

/// Writes a value as the one JSON text that all equal values have: RFC 8785, with whole numbers of any size and sets.
///
/// A host walks its value and tells each part; the items of an object are its keys and values in turn. No white space,
/// keys by UTF-16 code units, numbers as ECMAScript prints a double, sets sorted by their items' texts, ill-formed UTF-8
/// as U+FFFD. Keys may be any scalar.
/// Errors:  the first one is kept, and what follows it is ignored. `not_canonical` for NaN and infinities,
///          `unsupported_type`, `duplicate_key`, `depth_limit` for more than 1000 levels, `limit_exceeded` for a text
///          above 256 MiB or a whole number above 262144 bits; a message names the path as a JSON pointer.
/// Memory:  the text and 48 bytes for each member of the open objects. Linear; an object whose keys come unsorted is
///          copied once more.
class CanonicalWriter {
 public:
  /// outer: levels that belong to the caller and are not shown in a path
  explicit CanonicalWriter(std::size_t outer = 0) noexcept : outer_(outer) {}

  void null();
  void boolean(bool value);
  void number(double value);
  void whole(std::int64_t value);
  /// A whole number of any size. digits: hexadecimal, lower-case, the most significant first, none leading 0
  void whole(bool negative, std::string_view digits);
  void text(std::string_view utf8);
  void begin_object() { begin('{'); }
  void begin_array() { begin('['); }
  void begin_set() { begin('s'); }
  void end();
  /// What the host cannot tell. type: its name there
  void unsupported(std::string_view type);

  /// Whether the next part is a key.
  [[nodiscard]] bool at_key() const noexcept {
    return !open_.empty() && open_.back().kind == '{' && !open_.back().keyed;
  }
  [[nodiscard]] bool failed() const noexcept { return error_.has_value(); }
  [[nodiscard]] const Error& error() const { return *error_; }
  /// The text, once all is told.
  [[nodiscard]] const std::string& written() const noexcept { return out_; }
  /// Ready for the next value.
  void clear();

 private:
  struct Open {
    char kind;          // '{', '[' or 's'
    bool keyed;         // the value of an object's member is next
    std::size_t start;  // of its text
    std::size_t first;  // of its members
    std::size_t count;  // of its items
  };
  struct Member {
    std::size_t start;  // in the text
    std::size_t value;  // where the value starts, behind the colon
    std::size_t end;
    std::size_t raw_start;  // of the key as it is compared: in the text, or in raw_
    std::size_t raw_size;
    bool raw;
  };

  bool before(bool container);
  void after();
  void begin(char kind);
  void fail(ErrorCode code, std::string message);
  void quoted(std::string_view utf8, Member* key);
  [[nodiscard]] std::string path() const;
  [[nodiscard]] std::string_view raw_key(const Member& member) const;
  void settle(const Open& closing);
  void reorder(const Open& closing);

  std::size_t outer_;
  std::string out_;
  std::string raw_;  // keys that are written otherwise than they are compared
  std::string scratch_;
  std::vector<Open> open_;
  std::vector<Member> members_;  // of all open containers but arrays
  std::optional<Error> error_;
};

/// Appends a finite double as ECMAScript prints it: the shortest digits that read back; "10", "1e+21", "1e-7".
void append_ecmascript(std::string& out, double value);

}  // namespace paritas
