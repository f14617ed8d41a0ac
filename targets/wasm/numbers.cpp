#include "paritas/verify/numbers.hpp"

#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, extractNumbers)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  Packer out;
  for (const Number& number : extract_numbers(words)) {
    out.text(number.kind);
    out.f64(number.value);
    out.text(number.unit);
    out.text(number.dimension);
    out.text(number.per);
    out.text(number.op);
    out.u8(number.soft);
    pack(out, number.nouns, [&](const auto& noun) { out.text(noun); });
    out.f64(static_cast<double>(number.year));
    out.f64(static_cast<double>(number.month));
    out.f64(static_cast<double>(number.day));
    out.u8(number.ambiguous);
    pack(out, number.span, offsets);
  }
  return out.out();
}

}  // namespace paritas::wasm
