#include "paritas/ocr/formats.hpp"

#include "convert.hpp"

namespace paritas::wasm {
namespace {

FormatOptions options_of(std::int32_t day_first) {  // -1: not said
  FormatOptions options;
  if (day_first >= 0) options.day_first = day_first != 0;
  return options;
}

void pack(Packer& out, const FormatResult& result) {
  out.u8(result.valid);
  out.text(name(result.type));
  out.text(result.normalized);
  out.text(result.reason);
  out.u32(result.notes.size());
  for (const std::string_view note : result.notes) out.text(note);
  out.u32(static_cast<std::size_t>(result.checks_passed));
  out.u32(static_cast<std::size_t>(result.checks));
  out.u8(result.suggestion.has_value());
  if (result.suggestion) out.text(*result.suggestion);
}

}  // namespace

WASM(Reply, validateFormat)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t type_at, std::size_t type_bytes, std::int32_t day_first) {
  return outcome(format_type(text(type_at, type_bytes)), [&](FormatType type) {
    Packer out;
    pack(out, validate_format(text(at, bytes), type, options_of(day_first)));
    return out.out();
  });
}

}  // namespace paritas::wasm
