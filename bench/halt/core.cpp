// Nanoseconds a token of the halt monitor inside the core at its defaults, best of many short rounds: for
// bench/halt/run.py. And how many bytes a saved state has after few and after many tokens.
#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

#include "paritas/base/random.hpp"
#include "paritas/stream/halt.hpp"

namespace {

constexpr std::string_view kTokens[] = {"The", " quick", " brown", " fox", " jumps", " over", " it", "."};

template <class Step>
double nanoseconds(const std::vector<double>& scores, Step step) {
  using Clock = std::chrono::steady_clock;
  double best = 1e18;
  for (int round = 0; round < 300; ++round) {
    auto monitor = paritas::HaltMonitor::create().value();
    const auto start = Clock::now();
    std::size_t i = 0;
    for (const double score : scores) step(monitor, kTokens[i++ & 7], score);
    const std::chrono::duration<double, std::nano> took = Clock::now() - start;
    const double each = took.count() / static_cast<double>(scores.size());
    best = each < best ? each : best;
  }
  return best;
}

volatile bool sink;

}  // namespace

int main() {
  paritas::Random random(1);
  std::vector<double> scores(4096);
  for (double& score : scores) score = 0.8 + 0.1 * random.unit();
  const double token = nanoseconds(scores, [](auto& monitor, std::string_view text, double score) {
    sink = monitor.process_token(text, score).halted;
  });
  const double alone =
      nanoseconds(scores, [](auto& monitor, std::string_view, double score) { sink = monitor.check_halt(score); });
  auto monitor = paritas::HaltMonitor::create().value();
  for (int i = 0; i < 100; ++i) monitor.process_token(" fox", 0.9);
  const std::size_t few = monitor.save_state().size();
  for (int i = 0; i < 1000000; ++i) monitor.process_token(" fox", 0.9);
  std::printf("{\"process_token\": %.1f, \"check_halt\": %.1f, \"state_100\": %zu, \"state_1000100\": %zu}\n", token,
              alone, few, monitor.save_state().size());
}
