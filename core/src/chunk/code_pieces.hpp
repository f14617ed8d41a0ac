#pragma once
#include <string_view>
#include <vector>

#include "paritas/chunk/pack.hpp"

namespace paritas {

/// A part of a fence or of indented code, cut at blank lines before lines of its least indentation. Lines that begin with a run
/// of ` or ~ have no indentation. Linear.
std::vector<Unit> code_pieces(std::string_view text, Span span);

}  // namespace paritas
