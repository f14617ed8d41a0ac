#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "convert.hpp"
#include "paritas/chunk/chunk.hpp"

namespace paritas::wasm {

/// What `length` of web/src/chunk.ts has said: the name of a unit, or "" for a function, which JavaScript keeps.
Result<Sizer> sizer_of(std::string_view unit);

/// The address of a chunker, which `chunkDelete` frees.
Reply chunker_handle(Result<std::unique_ptr<Chunker>> made);

/// Chunks as `chunks` of web/src/chunk.ts reads them.
void pack(Packer& out, std::string_view text, const std::vector<Chunk>& chunks);

}  // namespace paritas::wasm
