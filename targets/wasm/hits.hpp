#pragma once
#include <span>
#include <vector>

#include "paritas/vectors/topk.hpp"

namespace paritas::wasm {

/// The number of hits, then the row and score of each.
inline void append_hits(std::span<const Neighbour> hits, std::vector<double>& flat) {
  flat.push_back(static_cast<double>(hits.size()));
  for (const Neighbour& hit : hits) {
    flat.push_back(static_cast<double>(hit.index));
    flat.push_back(static_cast<double>(hit.score));
  }
}

}  // namespace paritas::wasm
