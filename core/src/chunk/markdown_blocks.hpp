#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

enum class BlockKind : std::uint8_t {
  none,
  front_matter,
  heading,
  code,  // a fence
  indented,
  table,
  item,  // of a list; a nested item is one of its own
  quote,
  html,
  rule,
  paragraph,
};

/// Whole lines of a Markdown text with the blank lines behind them.
struct Block {
  BlockKind kind = BlockKind::none;
  std::uint8_t level = 0;  ///< of a heading, 1 to 6
  Span span;
  Span title;  ///< of a heading, with its markup
};

/// The blocks of a Markdown text in order; they cover it. None for a text of white space. Linear.
/// Source:  CommonMark 0.31 and the tables of GFM 0.29, one level deep: what a list item or a quote holds is its own.
std::vector<Block> markdown_blocks(std::string_view text);

}  // namespace paritas
