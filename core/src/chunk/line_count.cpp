#include "paritas/chunk/line_count.hpp"

#include <algorithm>

namespace paritas {

std::size_t count_lines(std::string_view text) noexcept {
  return text.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace paritas
