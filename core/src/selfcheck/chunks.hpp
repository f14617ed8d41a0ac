#pragma once
#include <string_view>

#include "digest.hpp"
#include "paritas/chunk/chunk.hpp"

namespace paritas {

/// Where the chunks of a text are and what is known of them.
inline void add_chunks(Digest& digest, const Chunker& chunker, std::string_view text) {
  const Result<std::vector<Chunk>> result = chunker.chunk(text);
  if (!result.ok()) return digest.add(result.error());
  const OffsetMap offsets(text);
  for (const Chunk& chunk : result.value()) {
    digest.add(chunk.span, offsets);
    for (const std::size_t number : {chunk.length, chunk.overlap_prev, chunk.start_line, chunk.end_line}) {
      digest.add(std::uint64_t{number});
    }
    digest.add(chunk.hard);
  }
}

/// A built-in unit but bytes: ill-formed ones are U+FFFD in other languages, of another length.
inline Sizer unit_of(std::uint64_t draw) {
  constexpr LengthUnit kUnits[] = {LengthUnit::chars, LengthUnit::utf16, LengthUnit::words, LengthUnit::graphemes,
                                   LengthUnit::tokens};
  return {kUnits[draw % 5], nullptr};
}

}  // namespace paritas
