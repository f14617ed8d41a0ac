#include "paritas/repair/json_extract.hpp"

#include "convert.hpp"
#include "spans.hpp"

namespace paritas::wasm {

WASM(std::uint32_t, jsonExtractDefaults)() {
  const ExtractOptions defaults;
  return (defaults.repair ? 1u : 0u) | (defaults.arrays ? 2u : 0u);
}

WASM(Reply, jsonExtract)(std::uintptr_t at, std::size_t bytes, bool repair, bool arrays) {
  const std::string_view source = text(at, bytes);
  const OffsetMap offsets(source);
  Packer out;
  for (const JsonSpan& value : extract_json_objects(source, {.repair = repair, .arrays = arrays})) {
    pack(out, value.span, offsets);
    out.text(value.json);
    out.u8(value.repaired);
  }
  return out.out();
}

WASM(Reply, jsonNormalize)(std::uintptr_t at, std::size_t bytes) {
  const NormalizedJson found = normalize_json_string(text(at, bytes));
  Packer out;
  out.text(found.json);
  out.u8(found.ok);
  return out.out();
}

}  // namespace paritas::wasm
