#include "paritas/text/terms.hpp"

#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, terms)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  Packer out;
  for (const Term& term : terms(words)) {
    out.text(name(term.kind));
    pack(out, term.span, offsets);
    out.text(term.key);
    out.text(term.stem);
    out.u8(term.negated);
    out.u8(term.space_before);
  }
  return out.out();
}

}  // namespace paritas::wasm
