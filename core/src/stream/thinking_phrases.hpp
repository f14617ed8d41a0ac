#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace paritas {

/// Bytes of the longest of these phrases that stands at `at` and ends at a word boundary, 0 for none. Words are in lower
/// case and one space apart; in the text any white space may be between them.
std::size_t phrase_at(std::string_view text, std::size_t at, std::span<const std::string_view> phrases);

/// Whether no word goes on over this place.
bool word_may_start(std::string_view text, std::size_t at);

}  // namespace paritas
