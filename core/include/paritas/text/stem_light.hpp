#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace paritas {

/// Writes the light English stem of a folded word: "policies" gives "policy", "running" gives "run", "went" gives "go".
///
/// key, length: the word; one with anything but a-z is copied as it is, and so is one shorter than 4 unless it is an
///              irregular form
/// out:         room for length + 1 bytes, not overlapping the key: "left" gives "leav", but "mice" gives "mous"
///              by way of "mouse"
/// Returns:     the bytes written
/// Source:      irregular forms by table, then four steps that cut plural, past, -ing, -ly and a final e.
std::size_t stem_light(const char* key, std::size_t length, char* out) noexcept;

/// The same as a string: the light stem of a folded word; anything else comes back as it is.
std::string stem(std::string_view word);

}  // namespace paritas
