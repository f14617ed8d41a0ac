#include "paritas/chunk/chunk.hpp"

#include <cmath>

#include "chunkers.hpp"
#include "paritas/chunk/unit_counter.hpp"
#include "spans.hpp"

// What the function given as `length` says of a text; NaN when it threw, which JavaScript keeps and throws again.
extern "C" __attribute__((import_module("env"), import_name("chunkCount"))) double paritas_chunkCount(
    std::uintptr_t at, std::size_t bytes);

namespace paritas::wasm {
namespace {

class HostCounter final : public Counter {
 public:
  std::optional<std::int64_t> count(std::string_view text) override {
    const double count = paritas_chunkCount(reinterpret_cast<std::uintptr_t>(text.data()), text.size());
    if (std::isnan(count)) return std::nullopt;
    return static_cast<std::int64_t>(count);
  }
};

}  // namespace

Result<Sizer> sizer_of(std::string_view unit) {
  if (unit.empty()) return Sizer{LengthUnit::counter, std::make_shared<HostCounter>()};
  return Sizer::named(unit);
}

Reply chunker_handle(Result<std::unique_ptr<Chunker>> made) {
  return outcome(std::move(made), [](std::unique_ptr<Chunker> chunker) {
    return number(reinterpret_cast<std::uintptr_t>(chunker.release()));
  });
}

void pack(Packer& out, std::string_view text, const std::vector<Chunk>& chunks) {
  UnitCounter units(text);
  pack(out, chunks, [&](const Chunk& chunk) {
    out.u32(units.utf16(chunk.span.start));
    out.u32(units.utf16(chunk.span.end));
    out.u32(chunk.length);
    out.u32(static_cast<std::size_t>(chunk.kind));
    out.u32(chunk.hard ? 1 : 0);
    out.u32(chunk.level);
    out.u32(chunk.parent == Chunk::kNone ? 0 : chunk.parent + 1);
    out.u32(chunk.overlap_prev);
    out.u32(chunk.start_line);
    out.u32(chunk.end_line);
    pack(out, chunk.headings, [&](const std::string& heading) { out.text(heading); });
    pack(out, chunk.children, [&](std::size_t child) { out.u32(child); });
  });
}

WASM(void, chunkDelete)(Chunker* self) { delete self; }
WASM(bool, chunkTokens)(const Chunker& self) { return self.sizer().unit == LengthUnit::tokens; }

WASM(Reply, chunkChunk)(const Chunker& self, std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  return outcome(self.chunk(words), [&](const std::vector<Chunk>& chunks) {
    Packer out;
    pack(out, words, chunks);
    return out.out();
  });
}

WASM(Reply, chunkSpans)(const Chunker& self, std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  return outcome(self.cut(words), [&](const std::vector<Chunk>& chunks) {
    UnitCounter starts(words), ends(words);
    Packer out;
    for (const Chunk& chunk : chunks) out.u32(starts.utf16(chunk.span.start));
    for (const Chunk& chunk : chunks) out.u32(ends.utf16(chunk.span.end));
    return out.out();
  });
}

}  // namespace paritas::wasm
