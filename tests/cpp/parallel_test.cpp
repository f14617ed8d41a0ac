#include "base/parallel.hpp"

#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace paritas::tests {

TEST_CASE("parallel_for covers every item once, whatever the number of threads") {
  for (const std::size_t count : {0U, 1U, 2U, 7U, 64U, 1'000U}) {
    for (const std::size_t threads : {0U, 1U, 2U, 3U, 8U, 2'000U}) {
      std::vector<int> seen(count, 0);
      parallel_for(count, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) ++seen[i];
      });
      CHECK(seen == std::vector<int>(count, 1));
    }
  }
}

TEST_CASE("parallel_for runs contiguous ranges, each on a thread of its own") {
  std::mutex mutex;
  std::set<std::thread::id> threads;
  std::set<std::pair<std::size_t, std::size_t>> ranges;
  parallel_for(10, 3, [&](std::size_t begin, std::size_t end) {
    const std::lock_guard lock(mutex);
    threads.insert(std::this_thread::get_id());
    ranges.insert({begin, end});
  });
  CHECK(ranges == std::set<std::pair<std::size_t, std::size_t>>{{0, 4}, {4, 7}, {7, 10}});
  CHECK(threads.count(std::this_thread::get_id()) == 1);
}

#ifdef __SSE2__
TEST_CASE("every range works with full denormals and gives the caller's state back") {
  const unsigned before = _mm_getcsr();
  _mm_setcsr(before | 0x8040U);
  std::vector<float> halves(8);
  parallel_for(halves.size(), 4, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const volatile float tiny = 2e-38F;
      halves[i] = tiny * 0.125F;  // a denormal
    }
  });
  const unsigned after = _mm_getcsr();
  _mm_setcsr(before);
  CHECK((after & 0x8040U) == 0x8040U);
  for (const float half : halves) CHECK(half != 0.0F);
}
#endif

}  // namespace paritas::tests
