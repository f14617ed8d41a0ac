#pragma once
#include <cstddef>
#include <string_view>

namespace paritas {

/// How many lines a text has: 0 if it is empty, else its line breaks (LF) and one.
std::size_t count_lines(std::string_view text) noexcept;

}  // namespace paritas
