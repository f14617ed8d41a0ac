#include "paritas/chunk/hierarchical.hpp"

#include "chunkers.hpp"
#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, chunkHierarchicalDefaults)() {
  const HierarchicalChunkerOptions options;
  Packer out;
  pack(out, options.sizes, [&](std::int64_t size) { out.f64(static_cast<double>(size)); });
  pack(out, options.overlaps, [&](double overlap) { out.f64(overlap); });
  return out.out();
}

WASM(Reply, chunkHierarchicalCreate)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  Result<Sizer> sizer = sizer_of(in.text());
  if (!sizer.ok()) return failure(sizer.error());
  HierarchicalChunkerOptions options{{}, {}};
  for (auto left = in.number<std::uint32_t>(); left > 0; --left) options.sizes.push_back(in.number<std::int64_t>());
  while (!in.done()) options.overlaps.push_back(in.number<double>());
  return chunker_handle(hierarchical_chunker(options, std::move(sizer).value()));
}

}  // namespace paritas::wasm
