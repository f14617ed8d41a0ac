#pragma once
#include <cstddef>
#include <string_view>

namespace paritas {

/// Code points and UTF-16 units before bytes of a well-formed text, for bytes that are asked for near each other: the way from
/// the last one is counted, 8 bytes at a time.
class UnitCounter {
 public:
  explicit UnitCounter(std::string_view text);
  [[nodiscard]] std::size_t codepoint(std::size_t byte) noexcept;
  [[nodiscard]] std::size_t utf16(std::size_t byte) noexcept;

 private:
  void go(std::size_t byte) noexcept;

  std::string_view text_;
  bool ascii_;
  std::size_t byte_ = 0, points_ = 0, quads_ = 0;
};

}  // namespace paritas
