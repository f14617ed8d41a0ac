#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace paritas {

/// Writes the stem of a folded English word as Snowball does: "policies" gives "polici", "running" gives "run".
///
/// key, length: the word, any UTF-8; a letter is a code point, and all but aeiouy are no vowels
/// out:         room for `length` bytes, not overlapping the key: no rule makes a word longer
/// Returns:     the bytes written
/// Source:      the English stemmer of Snowball 3.1, also called Porter2 (snowballstem.org); the same for every word.
std::size_t stem_english(const char* key, std::size_t length, char* out) noexcept;

/// The same as a string.
std::string stem_english(std::string_view word);

}  // namespace paritas
