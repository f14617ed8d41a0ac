#include "paritas/stream/thinking_filter.hpp"

#include <utility>
#include <vector>

#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {

/// A filter, the place where JavaScript writes a piece, and where it reads the segments: kind, address, bytes of each.
struct Sieve {
  ThinkingFilter filter;
  std::vector<char> room = {};
  std::vector<std::uint32_t> segments = {};
};

namespace {

/// Bits of a step: thinking after it, entering, exiting, abort, its one segment is the piece, which is thinking; from bit 8 the
/// number of segments. Below 0: the stream has ended.
std::int32_t tell(Sieve& sieve, const Result<FilterResult>& result, std::size_t bytes) {
  if (!result.ok()) return -1;
  const FilterResult& step = result.value();
  const auto address = [](const char* at) { return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(at)); };
  sieve.segments.clear();
  for (const FilterSegment& segment : step.segments) {
    for (const std::uint32_t number : {std::uint32_t{segment.thinking}, address(segment.text.data()),
                                       static_cast<std::uint32_t>(segment.text.size())}) {
      sieve.segments.push_back(number);
    }
  }
  const bool one = step.segments.size() == 1;
  const bool bits[] = {
      step.is_thinking,
      step.entering_thinking,
      step.exiting_thinking,
      sieve.filter.should_abort(),
      one && step.segments[0].text.data() == sieve.room.data() && step.segments[0].text.size() == bytes,
      one && step.segments[0].thinking};
  auto flags = static_cast<std::int32_t>(step.segments.size() << 8);
  for (int i = 0; i < 6; ++i) flags |= bits[i] ? 1 << i : 0;
  return flags;
}

Reply said(std::string_view words) {
  Packer out;
  out.text(words);
  return out.out();
}

}  // namespace

WASM(Reply, thinkingDefaults)() {
  const ThinkingFilterOptions options;
  Packer out;
  out.u8(options.suppress_thinking);
  out.f64(static_cast<double>(options.max_thinking_content));
  for (const bool flag : {options.default_markers, options.start_in_thinking, options.nesting, options.respect_code,
                          options.trim_after}) {
    out.u8(flag);
  }
  return out.out();
}

/// At `at` are what becomes of orphans, and the texts of the pairs; flags: suppress, default markers, start in thinking,
/// nesting, respect code, trim after.
WASM(Reply, thinkingCreate)(double most, std::uint32_t flags, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const auto orphans = orphan_close(in.text());
  if (!orphans.ok()) return failure(orphans.error());
  ThinkingFilterOptions options{.suppress_thinking = (flags & 1) != 0,
                                .max_thinking_content = static_cast<std::int64_t>(most),
                                .default_markers = (flags & 2) != 0,
                                .start_in_thinking = (flags & 4) != 0,
                                .nesting = (flags & 8) != 0,
                                .orphan_close = orphans.value(),
                                .respect_code = (flags & 16) != 0,
                                .trim_after = (flags & 32) != 0};
  while (!in.done()) {
    const std::string_view opening = in.text();
    options.markers.emplace_back(opening, in.text());
  }
  return outcome(ThinkingFilter::create(std::move(options)), [](ThinkingFilter made) {
    return number(reinterpret_cast<std::uintptr_t>(new Sieve{std::move(made)}));
  });
}
WASM(void, thinkingDelete)(Sieve* self) { delete self; }
WASM(char*, thinkingRoom)(Sieve& self, std::size_t bytes) {
  if (self.room.size() < bytes) self.room.resize(bytes);
  return self.room.data();
}

/// The piece is in the room.
WASM(std::int32_t, thinkingStep)(Sieve& self, std::size_t bytes) {
  return tell(self, self.filter.process_well_formed({self.room.data(), bytes}), bytes);
}
WASM(std::int32_t, thinkingFinish)(Sieve& self, std::size_t bytes) {
  return tell(self, self.filter.finish({self.room.data(), bytes}), bytes);
}
WASM(const std::uint32_t*, thinkingSegments)(const Sieve& self) { return self.segments.data(); }
/// Fails as a step does after the end.
WASM(Reply, thinkingRefusal)(Sieve& self) {
  return outcome(self.filter.finish(), [](const FilterResult&) { return said({}); });
}
WASM(void, thinkingReset)(Sieve& self) { self.filter.reset(); }
WASM(bool, thinkingState)(const Sieve& self) { return self.filter.in_thinking(); }
WASM(Reply, thinkingAbort)(const Sieve& self) {
  Packer out;
  out.optional(self.filter.abort_reason());
  return out.out();
}
WASM(Reply, thinkingStats)(const Sieve& self) {
  const FilterStats stats = self.filter.stats();
  Packer out;
  for (const std::uint64_t count :
       {stats.thoughts, stats.orphan_closers, stats.thinking_length, stats.thinking_dropped, stats.answer_length}) {
    out.f64(static_cast<double>(count));
  }
  return out.out();
}

WASM(Reply, thinkingStrip)(std::uintptr_t at, std::size_t bytes) {
  return said(strip_thinking_tokens(text(at, bytes)));
}
WASM(Reply, thinkingRemove)(std::uintptr_t at, std::size_t bytes) { return said(remove_thinking(text(at, bytes))); }
WASM(bool, thinkingContains)(std::uintptr_t at, std::size_t bytes) { return contains_thinking_tokens(text(at, bytes)); }
WASM(Reply, thinkingFind)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view words = text(at, bytes);
  const OffsetMap offsets(words);
  Packer out;
  for (const ThinkingMarker& marker : find_thinking_tokens(words)) {
    pack(out, marker.span, offsets);
    out.u32(marker.id);
  }
  return out.out();
}
/// The text and, behind it, what becomes of orphans.
WASM(Reply, thinkingExtract)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const std::string_view words = in.text();
  const auto orphans = orphan_close(in.text(), true);
  if (!orphans.ok()) return failure(orphans.error());
  const ThinkingContent content = extract_thinking_content(words, orphans.value());
  Packer out;
  out.text(content.main);
  out.text(content.thinking);
  return out.out();
}

}  // namespace paritas::wasm
