#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "match/automaton.hpp"

namespace paritas::match {

/// How many positions are scanned at once: enough for four parts side by side, each much longer than the longest pattern,
/// whose bytes beyond a part are read before it.
std::size_t scan_block(const Automaton& automaton) noexcept;

/// The value of `table` (or the state) for each byte of text[begin, end), as if the whole text was read from its start
/// (forward) or its end (backward). `values` has room for end - begin.
void scan(const Automaton& automaton, std::string_view text, std::size_t begin, std::size_t end, std::uint32_t* values);

}  // namespace paritas::match
