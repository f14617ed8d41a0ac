#include "paritas/text/sentences.hpp"

#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, sentences)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  Packer out;
  for (const Span& span : sentences(words)) pack(out, span, offsets);
  return out.out();
}

}  // namespace paritas::wasm
