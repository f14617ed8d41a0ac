#include "paritas/ocr/formats.hpp"

#include "formats.hpp"
#include "packed.hpp"

namespace paritas::wasm {
namespace {

FormatOptions options_of(std::int32_t day_first) {  // -1: not said
  FormatOptions options;
  if (day_first >= 0) options.day_first = day_first != 0;
  return options;
}

}  // namespace

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

WASM(Reply, validateFormat)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t type_at, std::size_t type_bytes, std::int32_t day_first) {
  return outcome(format_type(text(type_at, type_bytes)), [&](FormatType type) {
    Packer out;
    pack(out, validate_format(text(at, bytes), type, options_of(day_first)));
    return out.out();
  });
}

WASM(Reply, validateFormatBatch)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t types_at, std::size_t types_bytes, bool each,
 std::int32_t day_first) {
  std::vector<FormatType> types;
  for (const std::string_view name : texts(types_at, types_bytes)) {
    auto type = format_type(name);
    if (!type.ok()) return failure({type.error().code, type.error().message, types.size()});
    types.push_back(type.value());
  }
  const std::vector<std::string_view> all = texts(at, bytes);
  const FormatOptions options = options_of(day_first);
  auto results = each ? validate_format_batch(all, std::span(std::as_const(types)), options)
                      : validate_format_batch(all, types[0], options);
  return outcome(std::move(results), [](const std::vector<FormatResult>& found) {
    Packer out;
    for (const FormatResult& result : found) pack(out, result);
    return out.out();
  });
}

}  // namespace paritas::wasm
