#include "paritas/stream/cycles.hpp"

#include "features.hpp"
#include "paritas/stream/canonical_json.hpp"

namespace paritas {

void check_cycles(Random& random, Digest& digest) {
  constexpr std::string_view kNames[] = {"read", "write", "s\xC3\xB6k"};
  CycleOptions options;
  options.max_period = static_cast<std::int64_t>(1 + random.below(4));
  options.repeats = static_cast<std::int64_t>(2 + random.below(2));
  options.same_repeats = static_cast<std::int64_t>(2 + random.below(3));
  options.window = 16;
  options.similarity = random.below(2) == 0 ? 1.0 : 0.5;
  CycleDetector detector = std::move(CycleDetector::create(options)).value();
  const std::uint64_t variety = 1 + random.below(3);
  for (std::uint64_t count = random.below(20); count > 0; --count) {
    const std::string_view name = kNames[random.below(variety)];
    CanonicalWriter writer(1);
    writer.begin_array();
    writer.text(name);
    writer.begin_object();
    writer.text("path");
    writer.whole(static_cast<std::int64_t>(random.below(variety)));
    writer.text("limit");
    writer.whole(static_cast<std::int64_t>(random.below(2)));
    writer.end();
    writer.end();
    const CycleReport report = detector.record(name, writer.written());
    digest.add(report.period);
    digest.add(report.repeats);
    digest.add(report.guidance);
  }
}

}  // namespace paritas
