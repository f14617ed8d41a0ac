#include "paritas/verify/claims.hpp"

#include <emscripten/bind.h>

#include <vector>

#include "convert.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::wasm {
namespace {

/// Four numbers a claim: start, end, sentence, atomic.
val claims_of(std::uintptr_t at, std::size_t bytes, bool atomic) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  std::vector<double> flat;
  for (const Claim& claim : split_claims(words, atomic)) {
    flat.push_back(static_cast<double>(offsets.utf16(claim.span.start)));
    flat.push_back(static_cast<double>(offsets.utf16(claim.span.end)));
    flat.push_back(claim.sentence_index);
    flat.push_back(claim.is_atomic ? 1.0 : 0.0);
  }
  return val(emscripten::typed_memory_view(flat.size(), flat.data())).call<val>("slice");
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_claims) { emscripten::function("splitClaims", &claims_of); }

}  // namespace paritas::wasm
