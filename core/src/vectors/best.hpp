#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "finish.hpp"
#include "paritas/vectors/topk.hpp"

namespace paritas {

/// One number that is larger for the better hit: the score's bits, made to grow with the score, above the complement of
/// the row, so that equal scores prefer the lower one. NaN is below all. A score is never -0.
inline std::uint64_t key_of(float score, std::uint32_t row) {
  std::uint32_t bits = __builtin_bit_cast(std::uint32_t, score);
  bits = score != score ? 0 : (bits & 0x8000'0000U) != 0 ? ~bits : bits | 0x8000'0000U;
  return std::uint64_t{bits} << 32 | static_cast<std::uint32_t>(~row);
}

inline Neighbour hit_of(std::uint64_t key) {
  std::uint32_t bits = static_cast<std::uint32_t>(key >> 32);
  const auto row = static_cast<std::int64_t>(static_cast<std::uint32_t>(~static_cast<std::uint32_t>(key)));
  if (bits == 0) return {row, kNan};
  bits = (bits & 0x8000'0000U) != 0 ? bits & 0x7fff'ffffU : ~bits;
  return {row, __builtin_bit_cast(float, bits)};
}

/// The best k keys so far, as a heap with the worst one in front.
class Best {
 public:
  explicit Best(std::size_t k) : k_(k) {}

  void offer(std::uint64_t key) {
    if (keys_.size() < k_) {
      keys_.push_back(key);
      std::push_heap(keys_.begin(), keys_.end(), std::greater<>());
    } else if (k_ > 0 && key > keys_.front()) {
      std::pop_heap(keys_.begin(), keys_.end(), std::greater<>());
      keys_.back() = key;
      std::push_heap(keys_.begin(), keys_.end(), std::greater<>());
    } else {
      return;
    }
    least_ = keys_.size() == k_ ? hit_of(keys_.front()).score : kNan;
  }
  /// Whether a row after all that were offered cannot be among the best with this score. False may mean not yet known.
  [[nodiscard]] bool beyond(float score) const { return score <= least_; }
  [[nodiscard]] float least() const { return least_; }  // NaN while nothing is beyond
  void merge(const Best& other) {
    for (const std::uint64_t key : other.keys_) offer(key);
  }
  [[nodiscard]] std::vector<Neighbour> hits() && {
    std::sort(keys_.begin(), keys_.end(), std::greater<>());
    std::vector<Neighbour> out(keys_.size());
    std::transform(keys_.begin(), keys_.end(), out.begin(), &hit_of);
    return out;
  }

 private:
  std::size_t k_;
  float least_ = kNan;  // the worst of k; NaN compares with nothing
  std::vector<std::uint64_t> keys_;
};

}  // namespace paritas
