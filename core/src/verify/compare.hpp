#pragma once
#include <cstdint>
#include <vector>

#include "base/inline_vector.hpp"
#include "verify/amount.hpp"

namespace paritas {

enum class Agreement : std::uint8_t { none, differ, match };

/// How a number of the claim stands to a number of the source.
Agreement compare(const Amount& claim, const Amount& source);

/// Whether both are bounds on the same side of different values: over 35 and over 50.
bool moved_bound(const Amount& claim, const Amount& source);

/// Whether a number is a bound: at least, over, up to, under.
bool is_bound(const Amount& amount);

/// The numbers of a source, ready to be compared with those of a claim in time that does not square.
///
/// Every pair is compared while there are at most 2^20 of them; above that, each number of the claim is compared with
/// the 64 nearest ones of the source below and above it, by kind and value.
class Comparer {
 public:
  Comparer(const AmountList& source, std::size_t claims);

  /// The source numbers that match, in order, into `matches`; returns the first one that differs, or kNone.
  std::uint32_t results(const Amount& claim, InlineVector<std::uint32_t, 16>& matches) const;

 private:
  const AmountList& source_;
  bool exact_;
  std::vector<std::uint32_t> order_;
};

}  // namespace paritas
