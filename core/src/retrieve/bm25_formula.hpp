#pragma once
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "paritas/retrieve/bm25.hpp"

namespace paritas {

enum class Variant : std::uint8_t { lucene, okapi, robertson, atire, bm25l, bm25_plus };
std::optional<Variant> variant_of(std::string_view name);

/// What a term is worth. The reference, bm25.py, has the formulas in one line each.
struct Bm25Formula {
  double k1 = Bm25Options{}.k1, b = Bm25Options{}.b, delta = Bm25Options{}.delta;
  Variant variant = Variant::lucene;

  [[nodiscard]] double idf(std::uint64_t documents, std::uint64_t df) const;
  /// tf occurrences in a document of `length` terms, where the mean is `mean`: more for a larger tf and a smaller length.
  [[nodiscard]] double tf_part(std::uint32_t tf, std::uint32_t length, double mean) const;
};

/// Values of Bm25Formula::tf_part for small tf and lengths, made when the queries since the last change are worth it.
class TfTable {
 public:
  static constexpr std::uint32_t kTf = 16, kLengths = 1024;
  /// The table, value (tf - 1) * kLengths + length; nullptr while it is not worth it.
  /// longest: no document has more terms, so values for longer ones are not made
  /// reads:   postings of this query
  const double* get(const Bm25Formula& formula, double mean, std::uint32_t longest, std::uint64_t reads) const;
  /// The mean is another now. Not while others call get().
  void changed() noexcept {
    ready_.store(false, std::memory_order_relaxed);
    work_.store(0, std::memory_order_relaxed);
  }

 private:
  mutable std::mutex mutex_;
  mutable std::vector<double> values_;
  mutable std::atomic<bool> ready_{false};
  mutable std::atomic<std::uint64_t> work_{0};  // postings read since the last change
};

/// The value of one posting of a term: weight * (rarity * p), in this order.
struct Gain {
  const Bm25Formula* formula;
  double mean;
  const double* known;  // of a TfTable, or nullptr
  double rarity, weight;

  [[nodiscard]] double part(std::uint32_t tf, std::uint32_t length) const {
    return known != nullptr && length < TfTable::kLengths && tf - 1 < TfTable::kTf  // of damaged bytes tf may be 0
               ? known[(tf - 1) * TfTable::kLengths + length]
               : formula->tf_part(tf, length, mean);
  }
  [[nodiscard]] double operator()(std::uint32_t tf, std::uint32_t length) const {
    return weight * (rarity * part(tf, length));
  }
};

}  // namespace paritas
