#pragma once
#include <cstddef>
#include <string_view>

namespace paritas {

/// A half-open range of bytes in a UTF-8 text: text.substr(start, end - start) is what was meant.
/// Targets turn it into code points (Python) or UTF-16 units (JavaScript) with an OffsetMap.
struct Span {
  std::size_t start = 0;
  std::size_t end = 0;

  [[nodiscard]] constexpr std::size_t size() const noexcept { return end - start; }
  [[nodiscard]] constexpr std::string_view of(std::string_view text) const { return text.substr(start, end - start); }
  friend constexpr bool operator==(const Span&, const Span&) = default;
};

}  // namespace paritas
