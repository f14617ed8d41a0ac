#include "paritas/chunk/markdown.hpp"

#include "chunkers.hpp"
#include "packed.hpp"

namespace paritas::wasm {

WASM(Reply, chunkMarkdownDefaults)() {
  const MarkdownChunkerOptions options;
  Packer out;
  out.f64(static_cast<double>(options.chunk_size));
  out.f64(options.overlap);
  out.f64(static_cast<double>(options.headings));
  out.u8(options.include_headings);
  out.u8(options.keep_code);
  out.u8(options.keep_tables);
  out.u8(options.strip);
  return out.out();
}

WASM(Reply, chunkMarkdownCreate)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  MarkdownChunkerOptions options;
  options.chunk_size = in.number<std::int64_t>();
  options.overlap = in.number<double>();
  options.headings = in.number<std::int64_t>();
  options.include_headings = in.number<std::uint8_t>() != 0;
  options.keep_code = in.number<std::uint8_t>() != 0;
  options.keep_tables = in.number<std::uint8_t>() != 0;
  options.strip = in.number<std::uint8_t>() != 0;
  Result<Sizer> sizer = sizer_of(in.text());
  if (!sizer.ok()) return failure(sizer.error());
  return chunker_handle(markdown_chunker(options, std::move(sizer).value()));
}

WASM(Reply, chunkMarkdownContextual)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const std::string_view slice = in.text();
  Chunk chunk;
  chunk.span = {0, slice.size()};
  while (!in.done()) chunk.headings.emplace_back(in.text());
  Packer out;
  out.text(contextual_texts(slice, {&chunk, 1})[0]);
  return out.out();
}

}  // namespace paritas::wasm
