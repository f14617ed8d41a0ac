// Nanoseconds a call of the signals inside the core, best of many short rounds: for bench/signals/run.py, whose
// texts these are: a claim of 26 words and a source sentence of 44.
#include <chrono>
#include <cstdio>

#include "paritas/verify/signals.hpp"

namespace {

constexpr std::string_view kClaim =
    "The new Professional plan costs $49 per month, includes 25 user seats and 500 GB of storage, and customers in "
    "Germany cannot cancel within 30 days.";
constexpr std::string_view kSource =
    "According to the updated pricing page published by Acme Corp. in March 2024, the Professional plan is available "
    "for "
    "$59 per month, includes up to 25 user seats, 500 GB of encrypted storage and priority support, and every customer "
    "can cancel within 30 days.";

template <class Call>
double nanoseconds(Call call) {
  using Clock = std::chrono::steady_clock;
  double best = 1e18;
  for (int round = 0; round < 300; ++round) {
    const auto start = Clock::now();
    for (int i = 0; i < 100; ++i) call();
    const std::chrono::duration<double, std::nano> took = Clock::now() - start;
    best = took.count() / 100 < best ? took.count() / 100 : best;
  }
  return best;
}

volatile double sink;

}  // namespace

int main() {
  std::printf("{\"signals\": %.0f, ", nanoseconds([] { sink = paritas::signals(kClaim, kSource).traceability; }));
  std::printf("\"entity_overlap\": %.0f, ", nanoseconds([] { sink = paritas::entity_overlap(kClaim, kSource); }));
  std::printf("\"numerical_consistency\": %.0f, ",
              nanoseconds([] { sink = paritas::numerical_consistency(kClaim, kSource).value_or(false); }));
  std::printf("\"negation_flip\": %.0f, ", nanoseconds([] { sink = paritas::negation_flip(kClaim, kSource); }));
  std::printf("\"traceability\": %.0f}\n", nanoseconds([] { sink = paritas::traceability(kClaim, kSource); }));
}
