#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "chunk/code_languages.hpp"

namespace paritas {

/// What begins at the start of a line of code.
enum class CodeCut : std::uint8_t { line = 1, paragraph, block };

struct CodeLine {
  std::size_t start;
  CodeCut cut;
};

/// The start of every line that is not blank with what begins there: a block, a paragraph (what stands behind a blank line) or just a line.
///
/// A block begins at a line of least indentation outside of brackets, behind a blank line or one that closes brackets;
/// comments and decorators right above belong to it. Brackets in strings and comments do not count. Linear.
std::vector<CodeLine> code_cuts(std::string_view text, const Language& language);

}  // namespace paritas
