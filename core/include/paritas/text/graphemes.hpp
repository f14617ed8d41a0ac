#pragma once
#include <cstddef>
#include <string_view>

namespace paritas {

/// One past the extended grapheme cluster (UAX #29, Unicode 14) that starts at byte `at` (below text.size()): what a reader
/// takes for one character, such as a letter with its accents, a flag, an emoji with its joiners, CR LF.
/// Ill-formed bytes count as U+FFFD. Linear in the cluster.
std::size_t grapheme_end(std::string_view text, std::size_t at) noexcept;

/// How many there are.
std::size_t count_graphemes(std::string_view text) noexcept;

/// Whether a cluster surely ends at byte `at`, where a code point begins or the text ends. Only the two code points around it
/// are looked at: between two regional indicators, and between a joiner and a picture, the answer is no.
bool is_grapheme_edge(std::string_view text, std::size_t at) noexcept;

}  // namespace paritas
