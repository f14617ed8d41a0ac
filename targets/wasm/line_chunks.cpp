#include "paritas/chunk/line_chunks.hpp"

#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, chunkLinesDefaults)() {
  const LineChunksOptions options;
  Packer out;
  out.f64(static_cast<double>(options.chunk_size));
  out.f64(options.overlap);
  return out.out();
}

WASM(Reply, chunkLines)(std::uintptr_t at, std::size_t bytes, std::int32_t chunk_size, double overlap) {
  const std::string_view words = text(at, bytes);
  return outcome(chunk_with_overlap(words, {chunk_size, overlap}), [&](const std::vector<Chunk>& chunks) {
    const OffsetMap offsets(words);
    Packer out;
    pack(out, chunks, [&](const Chunk& chunk) {
      pack(out, chunk.span, offsets);
      out.u32(chunk.start_line);
      out.u32(chunk.end_line);
      out.u32(chunk.overlap_prev);
    });
    return out.out();
  });
}

WASM(Reply, chunkLineBoundaries)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  Packer out;
  pack(out, find_line_boundaries(words), [&](std::size_t start) { out.u32(offsets.utf16(start)); });
  return out.out();
}

WASM(Reply, chunkLineAtOffset)(std::uintptr_t at, std::size_t bytes, double offset) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  const auto native = static_cast<std::int64_t>(offset);
  const auto size = static_cast<std::int64_t>(offsets.utf16(words.size()));
  const bool within = native >= 0 && native <= size;
  const std::int64_t byte =
      within ? static_cast<std::int64_t>(offsets.byte_of_utf16(static_cast<std::size_t>(native))) : -1;
  return outcome(line_at_offset(words, byte, native), [](std::size_t line) {
    Packer out;
    out.u32(line);
    return out.out();
  });
}

WASM(Reply, chunkId)
(std::uintptr_t source, std::size_t source_bytes, double index, std::uintptr_t at, std::size_t bytes) {
  Packer out;
  out.text(chunk_id(text(source, source_bytes), static_cast<std::int64_t>(index), text(at, bytes)));
  return out.out();
}

}  // namespace paritas::wasm
