#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "digest.hpp"
#include "features.hpp"
#include "paritas/chunk/chunk.hpp"

namespace paritas {

/// A text of up to 24 pieces of Markdown and code.
inline std::string structured_text(Random& random) {
  static constexpr std::array<std::string_view, 40> kPieces = {"# A\n",       "## *B* [c](d)\n",
                                                               "### C\n",     "Title\n===\n",
                                                               "Sub\n---\n",  "One two. Three! ",
                                                               "word ",       "日本語。",
                                                               "é😀",          "\n",
                                                               "\n\n",        "\r\n",
                                                               "```py\n",     "```\n",
                                                               "~~~\n",       "````\n",
                                                               "    code\n",  "| a | b |\n",
                                                               "|---|---|\n", "| 1 | 2 |\n",
                                                               "- item\n",    "  cont\n",
                                                               "1. x\n",      "> q\n",
                                                               "<div>\n",     "<!-- x\n",
                                                               "-->\n",       "***\n",
                                                               "def f():\n",  "    return 1\n",
                                                               "}\n",         "{",
                                                               ")",           "'",
                                                               "\"",          "# c\n",
                                                               "/* ",         "*/",
                                                               "@d\n",        "\\"};
  std::string text;
  for (std::uint64_t left = random.below(24); left > 0; --left) text += kPieces[random.below(kPieces.size())];
  return text;
}

inline void add_structured(Digest& digest, const Result<std::vector<Chunk>>& result, std::string_view text) {
  if (!result.ok()) return digest.add(result.error());
  const OffsetMap offsets(text);
  for (const Chunk& chunk : result.value()) {
    digest.add(chunk.span, offsets);
    for (const std::size_t number : {chunk.length, chunk.overlap_prev, chunk.start_line, chunk.end_line, chunk.level}) {
      digest.add(std::uint64_t{number});
    }
    digest.add(std::uint64_t{chunk.parent == Chunk::kNone ? 0 : chunk.parent + 1});
    digest.add(chunk.hard);
    digest.add(name(chunk.kind));
    for (const std::string& heading : chunk.headings) digest.add(heading);
  }
}

}  // namespace paritas
