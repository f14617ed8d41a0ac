#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

/// Turns byte offsets of one UTF-8 text into code points or UTF-16 units, and back.
///
/// An ill-formed subpart counts as the one U+FFFD it stands for: one code point, one UTF-16 unit. An offset inside a
/// code point counts as its start, an offset past the end as the end. Building is linear and free for ASCII; a look-up
/// walks at most 64 bytes.
/// Memory:  keeps a view of the text, which must outlive the map; 24 bytes for each 64 bytes of a text with non-ASCII.
class OffsetMap {
 public:
  explicit OffsetMap(std::string_view text);

  [[nodiscard]] bool ascii() const noexcept { return marks_.empty(); }
  [[nodiscard]] std::size_t codepoint(std::size_t byte) const noexcept;
  [[nodiscard]] std::size_t utf16(std::size_t byte) const noexcept;
  [[nodiscard]] Span codepoints(Span bytes) const noexcept { return {codepoint(bytes.start), codepoint(bytes.end)}; }
  [[nodiscard]] Span utf16_units(Span bytes) const noexcept { return {utf16(bytes.start), utf16(bytes.end)}; }

  /// Byte where the code point or the UTF-16 unit of that number starts; the second half of a surrogate pair gives the
  /// byte of the whole code point. Past the end: the size of the text. Logarithmic in the text.
  [[nodiscard]] std::size_t byte_of_codepoint(std::size_t codepoint) const noexcept;
  [[nodiscard]] std::size_t byte_of_utf16(std::size_t unit) const noexcept;

 private:
  struct Mark {  // a code point that starts at or after a multiple of 64 bytes, and what was counted before it
    std::size_t byte;
    std::size_t codepoints;
    std::size_t units;
  };
  struct Counted {
    std::size_t codepoints;
    std::size_t units;
  };
  [[nodiscard]] Counted count(std::size_t byte) const noexcept;

  std::string_view text_;
  std::vector<Mark> marks_;
};

}  // namespace paritas
