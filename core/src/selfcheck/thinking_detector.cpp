#include "paritas/stream/thinking_detector.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_thinking_detector(Random& random, Digest& digest) {
  constexpr std::string_view kOpenings[] = {
      "Let me read ", "I\xE2\x80\x99ll\tcheck ", "Now let me see", "", "I should look at the file. ", "First, "};
  ThinkingOptions options;
  options.similarity_threshold = 0.25;
  options.window_size = static_cast<std::int64_t>(1 + random.below(4));
  options.stalling_threshold = static_cast<std::int64_t>(1 + random.below(3));
  ThinkingDetector detector = std::move(ThinkingDetector::create(options)).value();
  std::string content;
  for (std::uint64_t count = random.below(6); count > 0; --count) {
    if (random.below(3) > 0) {
      content = kOpenings[random.below(6)];
      content += random_text(random, 6);
    }
    const PatternAnalysis found = detector.analyze(content);
    digest.add(name(found.loop_type));
    digest.add(found.similarity_score);
    digest.add(found.guidance);
    digest.add(name(found.category));
    const OffsetMap offsets(content);
    for (const Span& span : find_circular_patterns(content)) digest.add(span, offsets);
  }
  const ThinkingStats stats = detector.stats();
  digest.add(stats.loops_detected);
  digest.add(stats.consecutive_stalls);
  digest.add(stats.unique_patterns);
}

}  // namespace paritas
