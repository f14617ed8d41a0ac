#include "paritas/stream/thinking_filter.hpp"

#include "features.hpp"
#include "paritas/text/code_regions.hpp"

namespace paritas {
namespace {

constexpr std::string_view kPieces[] = {"<think>",
                                        "</think>",
                                        "<th",
                                        "ink>",
                                        "<",
                                        " a",
                                        "`",
                                        "```",
                                        "\n",
                                        "~~~",
                                        " ",
                                        "[THINK]",
                                        "[/think]",
                                        "<|channel|>",
                                        "analysis",
                                        "final",
                                        "<|mess",
                                        "age|>",
                                        "<|end|>",
                                        "<|start|>",
                                        "assistant",
                                        "<THOUGHT a='",
                                        "b'",
                                        ">",
                                        "</thinking",
                                        "<<",
                                        "\xC3\xA9",
                                        "\xF0\x9F\x98\x80",
                                        "\xE2\x97\x81",
                                        "think\xE2\x96\xB7",
                                        "<\xEF\xBD\x9C"
                                        "begin\xE2\x96\x81of\xE2\x96\x81thinking\xEF\xBD\x9C>",
                                        "\r\n"};

void add(const FilterResult& step, Digest& digest) {
  for (const FilterSegment& segment : step.segments) {
    digest.add(segment.thinking);
    digest.add(segment.text);
  }
  digest.add(step.is_thinking);
  digest.add(step.entering_thinking);
  digest.add(step.exiting_thinking);
}

}  // namespace

// A stream by StreamingFilter, and the functions of whole texts, code_regions too, of all of it.
void check_thinking_filter(Random& random, Digest& digest) {
  const auto flag = [&] { return random.below(3) == 0; };
  ThinkingFilterOptions options;
  options.suppress_thinking = flag();
  options.start_in_thinking = flag();
  options.nesting = flag();
  options.respect_code = !flag();
  options.trim_after = flag();
  if (flag()) options.orphan_close = OrphanClose::text;
  if (flag()) options.markers = {{"<<", "`\n"}};
  options.max_thinking_content = static_cast<std::int64_t>(random.below(40));
  auto made = ThinkingFilter::create(options);
  if (!made.ok()) return digest.add(made.error());
  ThinkingFilter filter = std::move(made).value();
  std::string text;
  for (std::uint64_t steps = random.below(12); steps > 0; --steps) {
    std::string chunk;
    for (std::uint64_t pieces = random.below(4); pieces > 0; --pieces) chunk += kPieces[random.below(32)];
    text += chunk;
    add(filter.process_chunk(chunk).value(), digest);
  }
  add(filter.finish().value(), digest);
  const FilterStats stats = filter.stats();
  for (const std::uint64_t count :
       {stats.thoughts, stats.orphan_closers, stats.thinking_length, stats.thinking_dropped, stats.answer_length}) {
    digest.add(count);
  }
  const OffsetMap offsets(text);
  digest.add(strip_thinking_tokens(text));
  for (const ThinkingMarker& marker : find_thinking_tokens(text)) {
    digest.add(marker.span, offsets);
    digest.add(static_cast<std::uint64_t>(marker.id));
  }
  const ThinkingContent content = extract_thinking_content(text);
  digest.add(content.main);
  digest.add(content.thinking);
  for (const CodeRegion& region : code_regions(text)) {
    digest.add(name(region.kind));
    digest.add(region.span, offsets);
    digest.add(region.info.of(text));
    digest.add(region.closed);
  }
}

}  // namespace paritas
