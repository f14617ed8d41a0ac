#include "paritas/repair/coerce.hpp"

#include "packed.hpp"

namespace paritas::wasm {

WASM(Reply, coerceStrings)(std::uintptr_t at, std::size_t bytes) {
  return outcome(batch_coerce_string_types(texts(at, bytes)), [](const std::vector<CoercedValue>& values) {
    Packer out;
    for (const CoercedValue& value : values) {
      out.text(name(value.type));
      out.text(value.json);
      out.u8(value.exact);
    }
    return out.out();
  });
}

}  // namespace paritas::wasm
