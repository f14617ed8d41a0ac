// Any bytes through extraction and coercion: values are JSON, spans lie in the text, in order.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "paritas/repair/coerce.hpp"
#include "paritas/repair/json_extract.hpp"
#include "paritas/repair/json_scan.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const paritas::ExtractOptions options{.repair = (data[0] & 1) != 0, .arrays = (data[0] & 2) != 0};
  std::size_t end = 0;
  for (const paritas::JsonSpan& value : paritas::extract_json_objects(text, options)) {
    require(value.span.start >= end && value.span.start < value.span.end && value.span.end <= text.size());
    require(text[value.span.start] == '{' || (options.arrays && text[value.span.start] == '['));
    require(paritas::is_valid_json(value.json) && (options.repair || !value.repaired));
    end = value.span.end;
  }
  require(paritas::is_valid_json(paritas::normalize_json_string(text).json));
  const paritas::CoercedValue coerced = paritas::coerce_string_type(text);
  require(paritas::json_type(coerced.json) == coerced.type);
  return 0;
}
