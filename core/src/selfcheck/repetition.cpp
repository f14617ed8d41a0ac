#include "paritas/stream/repetition.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {
namespace {

void add(Digest& digest, const RepetitionReport& report) {
  digest.add(name(report.kind));
  for (const TextLength* length : {&report.position, &report.period, &report.covered, &report.start}) {
    digest.add(length->code_points);
  }
  digest.add(report.repeats);
  digest.add(report.unit);
  digest.add(report.novelty);
}

}  // namespace

void check_repetition(Random& random, Digest& digest) {
  RepetitionOptions options;
  options.window = static_cast<std::int64_t>(32 + random.below(200));
  options.max_period = static_cast<std::int64_t>(1 + random.below(16));
  options.min_repeats = static_cast<std::int64_t>(2 + random.below(3));
  options.min_covered = static_cast<std::int64_t>(2 + random.below(80));
  options.novelty_window = static_cast<std::int64_t>(16 + random.below(64));
  const std::string before = random_text(random, 6);
  const std::string unit = random_text(random, 2);
  std::string text = before;
  for (std::uint64_t count = random.below(24); count > 0; --count) text += unit;
  text += random_text(random, 2);
  RepetitionDetector detector = std::move(RepetitionDetector::create(options)).value();
  const std::size_t step = 1 + static_cast<std::size_t>(random.below(40));
  for (std::size_t at = 0; at < text.size(); at += step) {
    (void)detector.feed(std::string_view(text).substr(at, step));
  }
  add(digest, detector.finish().value());
  add(digest, detect_repetition(text));
}

}  // namespace paritas
