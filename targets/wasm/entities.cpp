#include "paritas/verify/entities.hpp"

#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, extractEntities)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  Packer out;
  for (const Entity& entity : extract_entities(words)) {
    pack(out, entity.span, offsets);
    out.u8(entity.strong);
    pack(out, entity.keys, [&](const auto& key) { out.text(key); });
  }
  return out.out();
}

}  // namespace paritas::wasm
