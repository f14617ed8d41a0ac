#pragma once
#include <vector>

#include "convert.hpp"
#include "paritas/vectors/topk.hpp"

namespace paritas::wasm {

/// What a call says about the rows that may be found: all, row numbers as float64, or a byte for each row.
enum FilterKind { kNoFilter, kIds, kMask };

inline Result<RowFilter> filter_of(int kind, std::uintptr_t at, std::size_t count, std::size_t rows) {
  if (kind == kMask) return RowFilter::of_mask({reinterpret_cast<const std::uint8_t*>(at), count}, rows);
  std::vector<std::int64_t> ids;
  for (const double id : doubles(at, kind == kNoFilter ? 0 : count)) ids.push_back(static_cast<std::int64_t>(id));
  return RowFilter::of_ids(ids, rows);
}

}  // namespace paritas::wasm
