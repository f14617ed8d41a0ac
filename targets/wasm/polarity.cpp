#include "paritas/verify/polarity.hpp"

#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, extractCues)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  Packer out;
  for (const Cue& cue : extract_cues(words)) {
    pack(out, cue.span, offsets);
    pack(out, cue.scope, [&](const Span& span) { pack(out, span, offsets); });
  }
  return out.out();
}

}  // namespace paritas::wasm
