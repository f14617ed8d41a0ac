#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "match/aho_corasick_impl.hpp"

namespace paritas::match {

/// Matches of one stretch of a text, in offsets of the prepared text; false stops the search.
using Visit = std::function<bool(std::span<const PatternMatch>)>;

/// The matches of the kind, in its order. patient: false makes the first stretches short, for who stops early.
bool search(const AhoCorasick::Impl& self, std::string_view prepared, bool patient, const Visit& visit);
/// All occurrences; by (end, start, pattern) if the automaton reads forwards.
bool search_all(const AhoCorasick::Impl& self, std::string_view prepared, const Visit& visit);
/// How many matches search() finds.
std::size_t search_count(const AhoCorasick::Impl& self, std::string_view prepared);
/// Sets found[pattern] for each that occurs.
void search_patterns(const AhoCorasick::Impl& self, std::string_view prepared, std::vector<bool>& found);

/// Appends what ends (or starts, where the automaton reads backwards) at byte `at` and passes whole_words, the longest
/// first, equal patterns ascending; `output` is the longest there.
void append_outputs(const AhoCorasick::Impl& self, std::string_view text, std::size_t at, std::uint32_t output,
                    std::vector<PatternMatch>& matches);
/// The match of `standard` that ends behind the byte before `end` and starts at `from` or behind; 0 if there is none.
std::uint32_t pick_standard(const AhoCorasick::Impl& self, std::string_view text, std::size_t from, std::size_t end,
                            std::uint32_t output);
/// The match of a leftmost kind that starts at byte `at`, where `output` is the longest pattern; 0 if there is none.
std::uint32_t pick_leftmost(const AhoCorasick::Impl& self, std::string_view text, std::size_t at, std::uint32_t output);

}  // namespace paritas::match
