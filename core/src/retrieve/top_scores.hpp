#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace paritas {

struct Scored {
  double score;
  std::uint32_t doc;
};

/// The best documents so far: score descending, then ordinal ascending.
class TopScores {
 public:
  /// min_score: at least 0.0; only higher scores come in.
  void start(std::size_t count, double min_score);
  /// What a score must beat to be offered: documents come in order, so an equal one is later than all that are here.
  [[nodiscard]] double least() const { return least_; }
  /// Documents in ascending order.
  void offer(double score, std::uint32_t doc) {
    if (count_ <= kFew) {
      insert(score, doc);
      return;
    }
    found_.push_back({score, doc});
    if (found_.size() == 2 * count_) cut();
  }
  /// Sorts and gives them; the next start() reuses the memory.
  const std::vector<Scored>& finish();

 private:
  static constexpr std::size_t kFew = 32;  // so many are kept sorted
  void insert(double score, std::uint32_t doc);
  void cut();
  [[nodiscard]] double score_at(std::size_t rank);
  void count_buckets();
  [[nodiscard]] std::size_t bucket_of(double score) const;

  std::vector<Scored> found_;  // sorted if few, else in order of documents
  std::vector<Scored> sorted_;
  std::vector<std::uint32_t> buckets_;
  std::vector<double> same_;
  std::uint64_t lowest_ = 0;  // bits of the lowest score
  unsigned shift_ = 0;
  std::size_t count_ = 0;
  double least_ = 0.0;
};

}  // namespace paritas
