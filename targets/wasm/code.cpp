#include "paritas/chunk/code.hpp"

#include "chunkers.hpp"
#include "packed.hpp"
#include "paritas/chunk/doc_type.hpp"

namespace paritas::wasm {

WASM(Reply, chunkCodeDefaults)() {
  const CodeChunkerOptions options;
  Packer out;
  out.f64(static_cast<double>(options.chunk_size));
  out.f64(options.overlap);
  out.u8(options.strip);
  return out.out();
}

WASM(Reply, chunkCodeCreate)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  CodeChunkerOptions options;
  options.chunk_size = in.number<std::int64_t>();
  options.overlap = in.number<double>();
  options.strip = in.number<std::uint8_t>() != 0;
  Result<Sizer> sizer = sizer_of(in.text());
  if (!sizer.ok()) return failure(sizer.error());
  std::optional<std::string_view> language;
  if (!in.done()) language = in.text();
  return chunker_handle(code_chunker(language, options, std::move(sizer).value()));
}

WASM(Reply, chunkDocType)(std::uintptr_t at, std::size_t bytes) {
  Packer out;
  out.text(detect_doc_type(text(at, bytes)));
  return out.out();
}

}  // namespace paritas::wasm
