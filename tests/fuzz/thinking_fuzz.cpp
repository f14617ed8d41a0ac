// Any bytes as a stream of a model, with options drawn from the first ones: cut or whole it says the same, all of it is
// well-formed, no more is held than promised; and the regions of code lie in order within the text.
#include <cstddef>
#include <cstdint>
#include <string>

#include "paritas/stream/thinking_filter.hpp"
#include "paritas/text/code_regions.hpp"
#include "paritas/text/utf8.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

bool well_formed(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const paritas::Decoded next = paritas::decode_utf8(text, at);
    if (next.code_point == paritas::kReplacement && text.substr(at, 3) != "\xEF\xBF\xBD") return false;
    at += next.bytes;
  }
  return true;
}

/// All that a stream gives out, with a letter where the kind changes.
std::string streamed(paritas::ThinkingFilter& filter, std::string_view text, std::size_t size) {
  filter.reset();
  std::string out;
  bool thinking = false;
  const auto add = [&](const paritas::Result<paritas::FilterResult>& result) {
    for (const paritas::FilterSegment& segment : result.value().segments) {
      require(!segment.text.empty() && well_formed(segment.text));
      if (segment.thinking != thinking) out += thinking ? 'A' : 'T';
      thinking = segment.thinking;
      out += segment.text;
    }
  };
  for (std::size_t at = 0; at < text.size(); at += size) {
    const std::string_view part = text.substr(at, size);
    const std::string piece(part);  // a block of its own
    add(filter.process_chunk(piece));
  }
  add(filter.finish());
  const paritas::FilterStats stats = filter.stats();
  return out + '|' + std::to_string(stats.thoughts) + ' ' + std::to_string(stats.orphan_closers) + ' ' +
         std::to_string(stats.thinking_length) + ' ' + std::to_string(stats.thinking_dropped) + ' ' +
         std::to_string(stats.answer_length);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 3, size - 3);
  paritas::ThinkingFilterOptions options{.suppress_thinking = (data[0] & 1) != 0,
                                         .max_thinking_content = data[1],
                                         .default_markers = (data[0] & 2) == 0,
                                         .start_in_thinking = (data[0] & 4) != 0,
                                         .nesting = (data[0] & 8) != 0,
                                         .respect_code = (data[0] & 16) == 0,
                                         .trim_after = (data[0] & 32) != 0};
  if ((data[0] & 64) != 0) options.orphan_close = paritas::OrphanClose::text;
  if ((data[0] & 128) != 0) options.markers = {{"<<", "`\n"}, {"``", "x"}};
  auto filter = std::move(paritas::ThinkingFilter::create(options)).value();
  const std::string whole = streamed(filter, text, text.size() + 1);
  require(whole == streamed(filter, text, 1 + data[2] % 16));
  require(whole == streamed(filter, text, 1));

  std::string kept;
  std::size_t at = 0;
  for (const paritas::ThinkingMarker& marker : paritas::find_thinking_tokens(text)) {
    require(marker.span.start >= at && marker.span.end > marker.span.start && marker.span.end <= text.size());
    kept += text.substr(at, marker.span.start - at);
    at = marker.span.end;
  }
  require(kept.append(text.substr(at)) == paritas::strip_thinking_tokens(text));
  const auto content = paritas::extract_thinking_content(text, paritas::OrphanClose::drop);
  require(content.main == paritas::remove_thinking(text));

  at = 0;
  for (const paritas::CodeRegion& region : paritas::code_regions(text)) {
    require(region.span.start >= at && region.span.end > region.span.start && region.span.end <= text.size());
    require(region.info.end <= region.span.end);
    at = region.span.end;
  }
  return 0;
}
