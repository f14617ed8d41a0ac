#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/parallel.hpp"
#include "paritas/base/result.hpp"

namespace paritas {

/// How many threads a call uses: 0 asks for all cores. A thread costs about as much to start as 2^18 multiply-adds take,
/// so each must have 2^20 of them; smaller calls stay where they are.
/// Errors: `invalid_argument` for threads below 0.
inline Result<std::size_t> planned_threads(std::int64_t threads, std::size_t multiply_adds) {
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  const std::size_t worth = std::max<std::size_t>(1, multiply_adds >> 20);
  return std::min(parallel_ranges(static_cast<std::size_t>(threads)), worth);
}

}  // namespace paritas
