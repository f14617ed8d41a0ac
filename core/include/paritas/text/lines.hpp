#pragma once
#include <cstddef>
#include <string_view>

namespace paritas {

/// Line numbers of offsets that ascend, in one pass over the text: a line ends after its LF, as grep and editors count
/// (so CR LF ends one line, a lone CR none).
/// Memory:  keeps a view of the text, which must outlive the counter.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) noexcept : text_(text) {}

  /// The 1-based line of the byte at `offset`; past the end: the last line. An offset below the last one asked is
  /// counted from the start again.
  [[nodiscard]] std::size_t line(std::size_t offset) noexcept;

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

}  // namespace paritas
