#pragma once
#include <string_view>

#include "packed.hpp"
#include "paritas/repair/json_repair.hpp"
#include "spans.hpp"

namespace paritas::wasm {

/// What readResult of web/src/json_repair.ts reads: whether the input is the text, else the text, and the rest.
Reply repair_reply(const RepairResult& result, std::string_view input);

/// What packOptions of web/src/json_repair.ts has written.
Result<RepairOptions> repair_options(std::uintptr_t at, std::size_t bytes);

}  // namespace paritas::wasm
