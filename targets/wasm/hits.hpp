#pragma once
#include <span>

#include "convert.hpp"
#include "paritas/vectors/topk.hpp"

namespace paritas::wasm {

/// The number of hits, then the row and score of each, all as float64.
inline void pack(Packer& out, std::span<const Neighbour> hits) {
  out.f64(static_cast<double>(hits.size()));
  for (const Neighbour& hit : hits) {
    out.f64(static_cast<double>(hit.index));
    out.f64(static_cast<double>(hit.score));
  }
}

}  // namespace paritas::wasm
