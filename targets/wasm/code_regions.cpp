#include "paritas/text/code_regions.hpp"

#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, codeRegions)(std::uintptr_t at, std::size_t bytes, bool with_inline) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  Packer out;
  for (const CodeRegion& region : code_regions(words, with_inline)) {
    out.text(name(region.kind));
    pack(out, region.span, offsets);
    out.text(region.info.of(words));
    out.u8(region.closed);
  }
  return out.out();
}

}  // namespace paritas::wasm
