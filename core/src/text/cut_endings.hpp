#pragma once
#include <cstddef>

namespace paritas {

/// The steps of stem_light behind its table, in place: a word of a-z that is no irregular form.
/// Returns: the letters that are left; as many as before when nothing was cut, else fewer.
std::size_t cut_endings(char* text, std::size_t length) noexcept;

}  // namespace paritas
