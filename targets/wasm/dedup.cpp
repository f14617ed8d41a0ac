#include "paritas/repair/dedup.hpp"

#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

DedupOptions options_of(double window, double least, double most, bool code) {
  return {static_cast<std::int64_t>(window), static_cast<std::int64_t>(least), static_cast<std::int64_t>(most), code};
}

Reply told(std::string_view text) {
  Packer out;
  out.text(text);
  return out.out();
}

Reply maybe(const std::optional<std::string>& text) {
  Packer out;
  out.optional(text);
  return out.out();
}

Reply told(const DedupStats& stats) {
  Packer out;
  for (const std::uint64_t count :
       {stats.total_blocks, stats.duplicates_removed, stats.bytes_saved, stats.unique_count}) {
    out.f64(static_cast<double>(count));
  }
  out.f64(stats.dedup_ratio());
  return out.out();
}

}  // namespace

/// Window and length of a whole text, window of a stream, longest block, code.
WASM(Reply, dedupDefaults)() {
  constexpr DedupOptions kDefaults;
  Packer out;
  for (const std::int64_t count :
       {kDefaults.window_size, kDefaults.min_block_length, kDefaults.max_block, kStreamWindow}) {
    out.f64(static_cast<double>(count));
  }
  out.u8(kDefaults.code);
  return out.out();
}

WASM(Reply, dedupWhole)(double window, double least, double most, bool code, std::uintptr_t at, std::size_t bytes) {
  return outcome(deduplicate(text(at, bytes), options_of(window, least, most, code)),
                 [](const std::string& words) { return told(std::string_view(words)); });
}

WASM(Reply, dedupBlocks)(double least, std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  return outcome(rolling_hash_blocks(words, static_cast<std::int64_t>(least)), [&](const auto& blocks) {
    Packer out;
    for (const TextBlock& block : blocks) {
      out.text(block.hash);
      out.text(block.span.of(words));
      out.u8(block.is_duplicate());
    }
    return out.out();
  });
}

WASM(Reply, dedupFind)(double least, std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  return outcome(find_duplicate_blocks(words, static_cast<std::int64_t>(least)), [&](const auto& blocks) {
    const OffsetMap offsets(words);
    Packer out;
    for (const TextBlock& block : blocks) {
      out.u32(block.index);
      out.text(block.hash);
      pack(out, block.span, offsets);
      out.u32(block.first_index);
    }
    return out.out();
  });
}

WASM(Reply, dedupStreamCreate)(double window, double least, double most, bool code) {
  return outcome(StreamingDeduplicator::create(options_of(window, least, most, code)), handle);
}
WASM(void, dedupStreamDelete)(StreamingDeduplicator* self) { delete self; }
WASM(Reply, dedupStreamAdd)(StreamingDeduplicator& self, std::uintptr_t at, std::size_t bytes) {
  return outcome(self.add_chunk(text(at, bytes)), [](const auto& words) { return maybe(words); });
}
WASM(Reply, dedupStreamFlush)(StreamingDeduplicator& self) {
  return outcome(self.flush(), [](const std::string& words) { return told(std::string_view(words)); });
}
WASM(void, dedupStreamReset)(StreamingDeduplicator& self) { self.reset(); }
WASM(Reply, dedupStreamStats)(const StreamingDeduplicator& self) { return told(self.stats()); }

WASM(Reply, dedupOutputCreate)(double least, bool one_space) {
  return outcome(OutputDeduplicator::create(static_cast<std::int64_t>(least), one_space), handle);
}
WASM(void, dedupOutputDelete)(OutputDeduplicator* self) { delete self; }
WASM(Reply, dedupOutputAdd)(OutputDeduplicator& self, std::uintptr_t at, std::size_t bytes) {
  return maybe(self.process_chunk(text(at, bytes)));
}
WASM(Reply, dedupOutputFlush)(OutputDeduplicator& self) {
  const std::string rest = self.flush();
  return told(std::string_view(rest));
}
WASM(void, dedupOutputReset)(OutputDeduplicator& self) { self.reset(); }
WASM(Reply, dedupOutputStats)(const OutputDeduplicator& self) { return told(self.stats()); }

}  // namespace paritas::wasm
