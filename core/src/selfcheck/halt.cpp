#include "paritas/stream/halt.hpp"

#include <limits>

#include "features.hpp"
#include "paritas/base/hash.hpp"

namespace paritas {
namespace {

constexpr std::string_view kTokens[] = {"a", " b", ".", "\"", " ", "", "\xC3\xA9\xF0\x9D\x94\xB8! ", "x. y"};

double random_score(Random& random) {
  switch (random.below(24)) {
    case 0:
      return std::numeric_limits<double>::quiet_NaN();
    case 1:
      return 1.5;
    case 2:
      return 0.5 * random.unit();
    default:
      return 0.55 + 0.4 * random.unit();
  }
}

}  // namespace

void check_halt(Random& random, Digest& digest) {
  HaltNumbers numbers = halt_numbers({});
  const auto whole = [&](std::uint64_t most) { return static_cast<double>(random.below(most)); };
  numbers[2] = 1.0 + whole(6);
  numbers[4] = 2.0 + whole(6);
  numbers[5] = 0.3 * random.unit();
  numbers[6] = whole(3);
  numbers[7] = whole(2);
  numbers[8] = whole(4);
  numbers[9] = 1.0 + whole(3);
  numbers[10] = whole(2);
  numbers[12] = whole(3);
  numbers[14] = whole(3);
  numbers[16] = whole(2);
  Result<HaltMonitor> made = HaltMonitor::create(numbers);
  if (!made.ok()) return digest.add(made.error());
  HaltMonitor monitor = std::move(made).value();
  double now = 0.0;
  for (std::uint64_t count = random.below(24); count > 0; --count) {
    const std::string_view token = kTokens[random.below(8)];
    const double score = random_score(random);
    now += random.unit();
    const bool wanted = monitor.wants_score();
    const HaltStep step = wanted ? monitor.process_token(token, score, now) : monitor.process_token(token, {}, now);
    digest.add(step.score);
    digest.add(step.window_mean);
    digest.add(step.trend_drop);
    digest.add(monitor.trend_se());
    digest.add(step.emit);
    digest.add(monitor.reason(step.code));
    digest.add(step.warning);
    digest.add(step.soft_pending);
    if (step.halted) break;
  }
  digest.add(xxh3_64(monitor.save_state()));
  digest.add(monitor.finish().emit);
  const HaltSummary summary = monitor.summary();
  digest.add(summary.token_start.units);
  digest.add(summary.token_end.code_points);
  digest.add(summary.avg_coherence);
}

}  // namespace paritas
