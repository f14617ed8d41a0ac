#include "paritas/ocr/text_quality.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_text_quality(Random& random, Digest& digest) {
  static constexpr std::string_view kMisread[] = {"0", "l", "X", "é", "~", "|", "´", "ж"};
  std::string text = random_text(random, 24);
  if (random.below(4) == 0) {
    // Digits and capitals among letters: what misreads words.
    std::size_t count = OffsetMap(text).codepoint(text.size());
    const std::uint64_t times = random.below(8);
    for (std::uint64_t i = 0; i < times; ++i) {
      const std::size_t at = OffsetMap(text).byte_of_codepoint(static_cast<std::size_t>(random.below(count + 1)));
      text.insert(at, kMisread[random.below(8)]);
      ++count;
    }
  }
  const OffsetMap offsets(text);
  digest.add(text_quality(text));
  const Result<TextQuality> report = text_quality_report(text, static_cast<std::int64_t>(random.below(6)));
  const TextQuality& found = report.value();
  digest.add(std::uint64_t{found.tokens});
  digest.add(std::uint64_t{found.garbage_tokens});
  for (std::size_t i = 0; i < kQualityRules; ++i) {
    if (found.rule_tokens[i] == 0) continue;
    digest.add(name(static_cast<QualityRule>(i)));
    digest.add(std::uint64_t{found.rule_tokens[i]});
  }
  for (const GarbageSpan& garbage : found.spans) {
    digest.add(garbage.span, offsets);
    digest.add(garbage.quality);
    for (std::size_t i = 0; i < kQualityRules; ++i) {
      const auto rule = static_cast<QualityRule>(i);
      if (garbage.rules.has(rule)) digest.add(name(rule));
    }
  }
}

}  // namespace paritas
