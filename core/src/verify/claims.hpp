#pragma once
#include <cstdint>

#include "base/inline_vector.hpp"
#include "verify/analysis.hpp"

namespace paritas {

/// A claim: tokens [first, last) of a text.
struct ClaimRange {
  std::uint32_t first, last;
  std::uint32_t sentence;
  bool is_atomic;
  Span span;
};
using ClaimList = InlineVector<ClaimRange, 16>;

/// The claims in order; after read().
void find_claims(const Analysis& analysis, const LongWords& words, bool atomic, ClaimList& claims);

}  // namespace paritas
