#pragma once
#include <cstddef>
#include <string_view>

#include "paritas/match/aho_corasick.hpp"

namespace paritas::match {

/// Counts the code points or UTF-16 units of a text up to ascending byte offsets: each byte is looked at once.
class UnitCursor {
 public:
  UnitCursor(std::string_view text, OffsetUnit unit) : text_(text), utf16_(unit == OffsetUnit::utf16) {}
  std::size_t advance(std::size_t byte) noexcept;

 private:
  std::string_view text_;
  bool utf16_;
  std::size_t byte_ = 0;
  std::size_t units_ = 0;
};

}  // namespace paritas::match
