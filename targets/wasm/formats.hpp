#pragma once
#include "convert.hpp"
#include "paritas/ocr/formats.hpp"

namespace paritas::wasm {

/// What readFormat of web/src/formats.ts reads.
void pack(Packer& out, const FormatResult& result);

}  // namespace paritas::wasm
