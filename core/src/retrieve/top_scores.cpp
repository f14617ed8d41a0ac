#include "retrieve/top_scores.hpp"

#include <algorithm>
#include <bit>
#include <functional>

// Many results are chosen and sorted by buckets of scores: the bits of positive numbers are ordered as the numbers are,
// so the upper bits of their distance from the lowest one tell the bucket.
namespace paritas {
namespace {

constexpr unsigned kBucketBits = 11;

std::uint64_t bits_of(double score) { return __builtin_bit_cast(std::uint64_t, score); }

struct Better {
  bool operator()(const Scored& a, const Scored& b) const {
    return a.score != b.score ? a.score > b.score : a.doc < b.doc;
  }
};

}  // namespace

void TopScores::start(std::size_t count, double min_score) {
  found_.clear();
  count_ = count;
  least_ = min_score;
}

void TopScores::insert(double score, std::uint32_t doc) {
  if (count_ == 0) return;
  if (found_.size() < count_) found_.push_back({score, doc});
  std::size_t at = found_.size() - 1;
  for (; at > 0 && found_[at - 1].score < score; --at) found_[at] = found_[at - 1];
  found_[at] = {score, doc};
  if (found_.size() == count_) least_ = found_.back().score;
}

std::size_t TopScores::bucket_of(double score) const {
  return static_cast<std::size_t>((bits_of(score) - lowest_) >> shift_);
}

/// How many scores there are in each bucket, of which the last has the highest.
void TopScores::count_buckets() {
  double low = found_.front().score, high = low;
  for (const Scored& item : found_) {
    low = std::min(low, item.score);
    high = std::max(high, item.score);
  }
  lowest_ = bits_of(low);
  const auto width = static_cast<unsigned>(std::bit_width(bits_of(high) - lowest_));
  shift_ = width > kBucketBits ? width - kBucketBits : 0;
  buckets_.assign(std::size_t{1} << kBucketBits, 0);
  for (const Scored& item : found_) ++buckets_[bucket_of(item.score)];
}

/// The score of that rank, from 0 for the highest.
double TopScores::score_at(std::size_t rank) {
  count_buckets();
  std::size_t bucket = buckets_.size() - 1;
  while (buckets_[bucket] <= rank) rank -= buckets_[bucket--];
  same_.clear();
  for (const Scored& item : found_) {
    if (bucket_of(item.score) == bucket) same_.push_back(item.score);
  }
  std::nth_element(same_.begin(), same_.begin() + static_cast<std::ptrdiff_t>(rank), same_.end(), std::greater<>());
  return same_[rank];
}

/// Keeps the best, in order of documents, and learns what a score must beat.
void TopScores::cut() {
  if (found_.size() <= count_) return;
  least_ = score_at(count_ - 1);
  std::size_t higher = 0;
  for (const Scored& item : found_) higher += item.score > least_ ? 1u : 0u;
  std::size_t equal = count_ - higher, kept = 0;  // of equal scores the earlier documents
  for (const Scored& item : found_) {
    if (item.score < least_ || (item.score == least_ && equal == 0)) continue;
    if (item.score == least_) --equal;
    found_[kept++] = item;
  }
  found_.resize(kept);
}

const std::vector<Scored>& TopScores::finish() {
  if (count_ <= kFew || found_.empty()) return found_;
  cut();
  count_buckets();
  std::uint32_t start = 0;
  for (std::size_t bucket = buckets_.size(); bucket-- > 0;) {
    const std::uint32_t size = buckets_[bucket];
    buckets_[bucket] = start;
    start += size;
  }
  sorted_.resize(found_.size());
  for (const Scored& item : found_) sorted_[buckets_[bucket_of(item.score)]++] = item;
  // Each bucket ends where its place has come to. Those of one score are in order already.
  std::size_t from = 0;
  for (std::size_t bucket = buckets_.size(); bucket-- > 0;) {
    const std::size_t to = buckets_[bucket];
    const auto begin = sorted_.begin() + static_cast<std::ptrdiff_t>(from),
               end = sorted_.begin() + static_cast<std::ptrdiff_t>(to);
    if (to - from > 1 && !std::is_sorted(begin, end, Better())) std::sort(begin, end, Better());
    from = to;
  }
  return sorted_;
}

}  // namespace paritas
