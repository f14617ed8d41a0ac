#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "float_state.hpp"

#ifndef __EMSCRIPTEN__
#include <exception>
#include <thread>
#include <vector>
#endif

namespace paritas {

/// How many ranges parallel_for makes at most: all cores for 0 threads, one in WebAssembly.
inline std::size_t parallel_ranges([[maybe_unused]] std::size_t threads) noexcept {
#ifdef __EMSCRIPTEN__
  return 1;
#else
  if (threads == 0) threads = std::thread::hardware_concurrency();  // 0 where the system does not say
  return std::clamp<std::size_t>(threads, 1, 1024);
#endif
}

/// Calls body(begin, end) for contiguous ranges that cover 0 .. count once each, on as many threads; returns when all
/// are done. The calling thread takes the first range.
///
/// threads: 0 means all cores; never more than there are items. One thread in WebAssembly.
/// body:    must write to places of its own for each item, so that the cut never shows in a result; must not throw.
template <class Body>
void parallel_for(std::size_t count, std::size_t threads, const Body& body) {
  if (count == 0) return;
  const std::size_t ranges = std::min(parallel_ranges(threads), count);
  const auto begin = [&](std::size_t range) {
    return range * (count / ranges) + std::min(range, count % ranges);  // the first count % ranges get one more
  };
  const auto run = [&](std::size_t range) {
    const FloatState full;  // a new thread has the state of its maker
    body(begin(range), begin(range + 1));
  };
#ifndef __EMSCRIPTEN__
  std::vector<std::thread> workers;
  std::size_t started = 1;
  try {
    workers.reserve(ranges - 1);
    for (; started < ranges; ++started) workers.emplace_back(run, started);
  } catch (const std::exception&) {  // no thread or no memory left: the caller does the rest
  }
  run(0);
  for (std::size_t range = started; range < ranges; ++range) run(range);
  for (std::thread& worker : workers) worker.join();
#else
  run(0);
#endif
}

}  // namespace paritas
