#include "paritas/verify/claims.hpp"

#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, splitClaims)(std::uintptr_t at, std::size_t bytes, bool atomic) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  Packer out;
  for (const Claim& claim : split_claims(words, atomic)) {
    pack(out, claim.span, offsets);
    out.u32(claim.sentence_index);
    out.u8(claim.is_atomic);
  }
  return out.out();
}

}  // namespace paritas::wasm
