#include "paritas/repair/json_scan.hpp"

#include "convert.hpp"

namespace paritas::wasm {

WASM(bool, jsonValid)(std::uintptr_t at, std::size_t bytes) { return is_valid_json(text(at, bytes)); }

/// -1 for what is not valid.
WASM(std::int32_t, jsonType)(std::uintptr_t at, std::size_t bytes) {
  const auto type = json_type(text(at, bytes));
  return type ? static_cast<std::int32_t>(*type) : -1;
}

}  // namespace paritas::wasm
