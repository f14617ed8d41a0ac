#include "paritas/text/lines.hpp"

#include <algorithm>

namespace paritas {

std::size_t LineCounter::line(std::size_t offset) noexcept {
  offset = std::min(offset, text_.size());
  if (offset < at_) at_ = 0, line_ = 1;
  line_ += static_cast<std::size_t>(std::count(text_.data() + at_, text_.data() + offset, '\n'));
  at_ = offset;
  return line_;
}

}  // namespace paritas
